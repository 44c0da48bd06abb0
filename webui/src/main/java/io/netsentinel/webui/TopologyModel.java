package io.netsentinel.webui;

import io.netsentinel.detection.TopologyMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What stands around the picture of the topology, as its template takes it.
///
/// @param live whether it is the present
/// @param at the moment for the field of the form, empty for now
/// @param network the only network that is shown, empty for all
/// @param choices what it can be compared with
/// @param liveHref the same now
/// @param allHref the same with all networks
/// @param from the oldest moment, epoch milliseconds
/// @param to the present
/// @param value the moment that is shown
record TopologyModel(
        boolean live,
        String at,
        String network,
        List<TimeRange.Choice> choices,
        String liveHref,
        String allHref,
        long from,
        long to,
        long value) {

    /// The picture.
    ///
    /// @param full whether there is anything
    /// @param summary how much of it is drawn
    /// @param note what to know about it, may be empty
    /// @param changes what is different from another moment, empty when none was asked for
    /// @param none heading when there is nothing
    /// @param hint what to do about that
    record Net(
            boolean full, String summary, String note, String changes, String none, String hint) {}

    static TopologyModel of(TopologyView view, Instant now, Instant oldest) {
        return new TopologyModel(
                view.at().isEmpty(),
                view.field(),
                Visible.of(view.network()),
                view.choices(),
                view.live().href(),
                view.inNetwork("").href(),
                Math.min(oldest.toEpochMilli(), now.toEpochMilli()),
                now.toEpochMilli(),
                view.at().orElse(now).toEpochMilli());
    }

    /// What is still learnt, and what there was no room for.
    static String note(TopologyMap map, Instant now) {
        List<String> sentences = new ArrayList<>();
        map.learning()
                .filter(until -> until.isAfter(now))
                .ifPresent(until ->
                        sentences.add(
                                "Learning what is usual here until "
                                        + Rows.full(until).substring(0, 16)
                                        + "."));
        if (map.lost().hosts() > 0 || map.lost().edges() > 0) {
            sentences.add(
                    "There was no room for "
                            + Numbers.count(map.lost().hosts(), "host")
                            + " and "
                            + Numbers.count(map.lost().edges(), "connection")
                            + " since the start.");
        }
        return String.join(" ", sentences);
    }
}
