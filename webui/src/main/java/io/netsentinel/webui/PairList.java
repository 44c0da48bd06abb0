package io.netsentinel.webui;

import io.netsentinel.events.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Collects the fields of an event that are there, under names for people.
final class PairList {
    private final Event event;
    private final List<DetailModel.Pair> pairs = new ArrayList<>();

    PairList(Event event) {
        this.event = event;
    }

    PairList text(String name, String... paths) {
        return add(name, "", paths);
    }

    PairList mono(String name, String... paths) {
        return add(name, "mono", paths);
    }

    PairList bytes(String name, String path) {
        if (event.has(path)) {
            pairs.add(new DetailModel.Pair(name, Numbers.bytes(event.number(path, 0)), "num"));
        }
        return this;
    }

    List<DetailModel.Pair> list() {
        return List.copyOf(pairs);
    }

    private PairList add(String name, String style, String... paths) {
        String value =
                Arrays.stream(paths)
                        .map(event::text)
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(" "));
        if (!value.isEmpty()) {
            pairs.add(new DetailModel.Pair(name, Visible.of(value), style));
        }
        return this;
    }
}
