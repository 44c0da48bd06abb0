package io.netsentinel.events;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A condition on events, in the filter language of subscriptions, history, sinks and roles:
///
/// ```
/// severity >= high and source.ip in 10.0.0.0/8 and not destination.port in (53, 123)
///     and rule.name ~ "ET MALWARE*"
/// ```
///
/// Operators: `=` `!=` `<` `<=` `>` `>=`, `in` (a value, a range of addresses, or a list of both),
/// `~` (glob with `*` and `?`, any case), `=~` (regular expression, linear time, finds anywhere),
/// `exists`; joined by `and`, `or`, `not` and parentheses. `severity` is `ns.severity`. A field
/// with a list matches when one of its elements does; a missing field matches nothing, so `!=` is
/// true for it. Patterns look at the first 4,096 characters of a value.
public final class Filter {
    private final FilterNode root;
    private final String text;
    private final Set<String> fields;

    private Filter(FilterNode root) {
        this.root = root;
        Set<String> paths = new TreeSet<>();
        root.fields(paths);
        this.fields = Collections.unmodifiableSet(paths);
        this.text = root.canonical();
    }

    /// Both conditions at once. Not bounded in size: each of them is.
    public Filter and(Filter other) {
        return equals(other) ? this : new Filter(new FilterNode.And(List.of(root, other.root)));
    }

    /// Reads a filter. Its size is bounded: 4,096 characters, 256 conditions, 32 levels, 8 regular
    /// expressions.
    ///
    /// @throws FilterException with the column, when it is not one or is too large
    public static Filter parse(String text) {
        return new Filter(FilterParser.parse(text));
    }

    /// Whether the event meets the condition. Never throws.
    public boolean test(Event event) {
        return root.test(event);
    }

    /// The canonical text: equal for filters that differ only in spacing, quotes, brackets that
    /// change nothing, the case of keywords, or the writing of an address.
    public String text() {
        return text;
    }

    /// The paths of the fields it looks at, sorted; `severity` is `ns.severity`.
    public Set<String> fields() {
        return fields;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Filter that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
