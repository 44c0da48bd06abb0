package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.queuing.Bookmark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where events go that a source or a format of a plug-in sends to a channel that does not exist.
final class RoutingTest {
    private static final byte[] LINE = {'x'};

    @TempDir Path temporary;

    private static Routed event(String message, String channel) {
        Event event = Event.builder().put(Fields.MESSAGE, message).build();
        return new Routed(event, List.of(channel));
    }

    /// Sends one line and one ready-made event astray, and one of each where it belongs.
    private static final class Stray implements Source {
        @Override
        public String name() {
            return "stray";
        }

        @Override
        public String kind() {
            return "stray";
        }

        @Override
        public String path() {
            return "";
        }

        @Override
        public String format() {
            return "eve";
        }

        @Override
        public boolean lines() {
            return false;
        }

        @Override
        public void run(Intake intake) {
            if (!intake.bookmarks().containsKey("stray")) {
                line(intake, event("a line astray", "nowhere"), 1);
                line(intake, event("a line", Channel.LOGS), 2);
                intake.event(event("an event astray", "nowhere"));
                intake.event(event("an event", Channel.LOGS));
                intake.commit(List.of(new Bookmark("stray", new byte[] {1})));
            }
            while (!intake.stopping()) {
                intake.pause(Duration.ofMillis(2));
            }
        }

        private static void line(Intake intake, Routed routed, long number) {
            Normalized made = new Normalized.Accepted(List.of(routed));
            intake.line((_, _, _, _) -> made, LINE, 0, LINE.length, number, "stray.log");
        }

        @Override
        public Progress progress() {
            return new Progress(0, 0, 1, false);
        }
    }

    @Test
    void whatGoesToAChannelThatDoesNotExistIsADeadLetterAndTheRestComesIn() {
        try (Lab lab = new Lab(temporary, "unused")) {
            lab.start(new Stray());
            lab.await(() -> lab.tail(Channel.LOGS) == 2);
            assertThat(lab.events(Channel.LOGS))
                    .extracting(one -> one.text(Fields.MESSAGE))
                    .containsExactly("a line", "an event");
            assertThat(lab.status().deadLetters()).isEqualTo(2);
            assertThat(lab.events(Channel.DEAD_LETTERS))
                    .extracting(one -> new String(one.toJson(), StandardCharsets.UTF_8))
                    .allMatch(text -> text.contains("there is no channel nowhere"))
                    .anyMatch(text -> text.contains("an event astray"));
        }
    }
}
