package io.netsentinel.events;

import java.util.HashSet;
import java.util.Set;

/// Which fields a filter looks at.
final class FilterFields {
    private final Set<String> paths = new HashSet<>();

    private FilterFields() {}

    static Set<String> of(FilterNode node) {
        FilterFields fields = new FilterFields();
        fields.add(node);
        return Set.copyOf(fields.paths);
    }

    private void add(FilterNode node) {
        switch (node) {
            case FilterNode.And and -> and.parts().forEach(this::add);
            case FilterNode.Or or -> or.parts().forEach(this::add);
            case FilterNode.Not not -> add(not.part());
            case FilterNode.Exists exists -> add(exists.field());
            case FilterNode.OneOf oneOf -> add(oneOf.field());
            case FilterNode.NumberOrder order -> add(order.field());
            case FilterNode.TimeOrder order -> add(order.field());
            case FilterNode.SeverityOrder _, FilterNode.SeverityIn _ ->
                    paths.add(Fields.NS_SEVERITY);
            case FilterNode.Like like -> add(like.field());
            case FilterNode.Matches matches -> add(matches.field());
        }
    }

    private void add(Field field) {
        paths.add(field.path());
    }
}
