package io.netsentinel.webui;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// What the address of the network page says: which records, the filter, and the one that is
/// opened.
///
/// @param kind which records
/// @param filter what they must satisfy, empty for nothing
/// @param window of which time
/// @param event offset of the opened one, 0 for none
record NetworkView(Kind kind, String filter, Window window, long event) {
    /// Which records are listed.
    enum Kind {
        FLOWS(
                "",
                "Flows",
                "html:flow",
                Channel.NETWORK,
                "event.dataset in (\"suricata.flow\", \"zeek.conn\", \"pcap.flow\")"),
        RECORDS("records", "All records", "html:record", Channel.NETWORK, ""),
        PACKETS("packets", "Packets", "html:packet", Channel.PACKETS, "");

        private final String key;
        private final String label;
        private final String format;
        private final String channel;
        private final String filter;

        Kind(String key, String label, String format, String channel, String filter) {
            this.key = key;
            this.label = label;
            this.format = format;
            this.channel = channel;
            this.filter = filter;
        }

        String key() {
            return key;
        }

        String label() {
            return label;
        }

        /// In which its rows are pushed.
        String format() {
            return format;
        }

        String channel() {
            return channel;
        }
    }

    static NetworkView parse(Function<String, Optional<String>> query) {
        String kind = query.apply("show").orElse("");
        String filter = query.apply("q").map(String::strip).orElse("");
        return new NetworkView(
                Arrays.stream(Kind.values())
                        .filter(one -> one.key.equals(kind))
                        .findFirst()
                        .orElse(Kind.FLOWS),
                filter,
                Window.parse(query, RecentEvents.RANGES),
                query.apply("event").map(NetworkView::number).orElse(0L));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    NetworkView of(Kind other) {
        return new NetworkView(other, filter, window, 0);
    }

    NetworkView opened(long offset) {
        return new NetworkView(kind, filter, window, offset);
    }

    NetworkView closed() {
        return opened(0);
    }

    NetworkView filtered(String another) {
        return new NetworkView(kind, another, window, 0);
    }

    /// The kind and the filter in one.
    ///
    /// @throws FilterException when the filter is not one
    String whole() {
        if (filter.isEmpty()) {
            return kind.filter;
        }
        Filter.parse(filter);
        if (kind.filter.isEmpty()) {
            return filter;
        }
        String both = kind.filter + " and (" + filter + ")";
        Filter.parse(both); // that can be too long, or too deep
        return both;
    }

    String href() {
        Href href = Href.of("/network").with("show", kind.key).with("q", filter);
        return window.into(href, TimeRange.ALL)
                .with("event", event == 0 ? "" : Long.toString(event))
                .text();
    }
}
