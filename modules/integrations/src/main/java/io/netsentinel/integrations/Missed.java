package io.netsentinel.integrations;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Intake.Counter;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/// Says aloud that messages were gone before a source could read them: in its status, and as an
/// event on `system` that is committed with what the source reads next.
public final class Missed {
    private static final byte[] NOT_BLANK = "-".getBytes(StandardCharsets.UTF_8);

    private Missed() {}

    /// Puts it into the present batch.
    ///
    /// @param source the source's name
    /// @param count how many were missed, when that is known
    /// @param text what happened, for people; may hold foreign text
    public static void tell(Intake intake, String source, OptionalLong count, String text) {
        String visible = Visible.characters(text);
        intake.count(Counter.MISSED, count.orElse(1));
        intake.mishap(visible);
        Event.Builder event =
                Event.builder()
                        .put(Fields.EVENT_KIND, "event")
                        .put(Fields.EVENT_MODULE, "netsentinel")
                        .put(Fields.EVENT_DATASET, "netsentinel.source")
                        .put(Fields.EVENT_ACTION, "gap")
                        .put(Fields.OBSERVER_NAME, source)
                        .put(Fields.NS_SEVERITY, "medium")
                        .put(Fields.MESSAGE, "source " + source + ": " + visible);
        count.ifPresent(number -> event.put("ns.gap.count", number));
        Normalized told =
                new Normalized.Accepted(
                        List.of(new Routed(event.build(), List.of(Channel.SYSTEM))));
        intake.line((_, _, _, _) -> told, NOT_BLANK, 0, NOT_BLANK.length, 1, source);
    }
}
