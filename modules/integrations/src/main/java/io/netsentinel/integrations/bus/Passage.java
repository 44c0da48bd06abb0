package io.netsentinel.integrations.bus;

import io.netsentinel.events.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The servers an event has passed, by their ids; the one it first came in at stands first. It
/// travels with the event, so that none gets back what it has seen.
///
/// @param nodes the ids, 1 to 64 letters, digits, `.`, `_` and `-` each
public record Passage(List<String> nodes) {
    /// No server has passed it on.
    public static final Passage NONE = new Passage(List.of());

    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST = 16;

    public Passage {
        nodes = List.copyOf(nodes);
    }

    /// What [#text()] made. Whoever wrote it may be hostile: what is no id is left out.
    public static Passage parse(String text) {
        return of(Arrays.asList(text.split(",", MOST + 2)));
    }

    /// What an event says in `ns.origin`: one id or a list of them.
    public static Passage of(Event event) {
        Object origin = event.value(BusFields.ORIGIN).orElse(List.of());
        return of(origin instanceof List<?> list ? list : List.of(origin));
    }

    private static Passage of(List<?> nodes) {
        List<String> ids = new ArrayList<>();
        for (Object node : nodes) {
            if (node instanceof String id && NODE.matcher(id).matches() && ids.size() <= MOST) {
                ids.add(id);
            }
        }
        return ids.isEmpty() ? NONE : new Passage(ids);
    }

    /// Whether a server shall not take the event: it had it already, or too many had it.
    public boolean closedTo(String node) {
        return nodes.size() > MOST || nodes.contains(node);
    }

    /// The same, passed on by one more.
    public Passage with(String node) {
        if (node.isEmpty()) {
            return this;
        }
        List<String> longer = new ArrayList<>(nodes);
        longer.add(node);
        return new Passage(longer);
    }

    /// The ids, joined by commas.
    public String text() {
        return String.join(",", nodes);
    }
}
