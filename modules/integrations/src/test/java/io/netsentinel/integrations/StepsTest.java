package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.tracing.TraceParent;
import io.netsentinel.tracing.Tracing;
import io.netsentinel.tracing.TracingSettings;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// There is no collector at the address.
final class StepsTest {
    private static final TraceParent SENDER =
            new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    private static final int EVENTS = 300;

    private static int followed(Optional<TraceParent> parent) {
        try (Tracing tracing =
                Tracing.start(
                        new TracingSettings(URI.create("http://127.0.0.1:1/"), 1, "test", "1"))) {
            Steps steps = new Steps(tracing, parent);
            Event event = Event.builder().put(Fields.ID, "one").build();
            for (int i = 1; i <= EVENTS; i++) {
                byte[] payload = event.toJson();
                steps.ready("gate", event, payload, 1);
                tracing.committed("alerts", i, payload);
            }
            return tracing.within("alerts", 0, EVENTS).size();
        }
    }

    @Test
    void ofABodyInATraceOfItsSendersTheFirstEventsAreFollowed() {
        assertThat(followed(Optional.of(SENDER))).isEqualTo(256);
    }

    @Test
    void ofASourceAllThatAreDrawnAreFollowed() {
        assertThat(followed(Optional.empty())).isEqualTo(EVENTS);
    }
}
