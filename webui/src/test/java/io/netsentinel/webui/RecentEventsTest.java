package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Filter;
import io.netsentinel.queuing.EventLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentEventsTest {
    private static final Identity ANN =
            new Identity(
                    "ann",
                    Role.VIEWER,
                    Identity.Kind.TOKEN,
                    "t",
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    private static final String RARE = "message = rare";

    @TempDir private Path directory;
    private DashboardFixture fixture;

    @BeforeEach
    void start() {
        fixture = DashboardFixture.open(directory);
        fixture.publishOn(Channel.LOGS, line("rare"));
        Event[] many = Collections.nCopies(500, line("often")).toArray(Event[]::new);
        // a page of the history looks at 10,000
        for (int batch = 0; batch < 21; batch++) {
            fixture.publishOn(Channel.LOGS, many);
        }
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void withTimeEnoughARareEventIsFoundHoweverFarBack() {
        RecentEvents.Found found = recent(Duration.ofMinutes(5)).newest(ANN, Channel.LOGS, RARE, 9);
        assertThat(found.events()).hasSize(1);
        assertThat(found.back()).isEmpty();
        assertThat(found.said()).isEmpty();
    }

    @Test
    void whenTheTimeIsUpItSaysHowFarItLookedAndBeforeThatLiesTheRest() {
        RecentEvents recent = recent(Duration.ZERO);
        RecentEvents.Found found = recent.newest(ANN, Channel.LOGS, RARE, 9);
        assertThat(found.events()).isEmpty();
        Instant back = found.back().orElseThrow();
        assertThat(found.said()).isEqualTo(", looked back to " + Rows.full(back).substring(0, 19));
        assertThat(found.advice()).contains("choose a time before it");
        Window before = Window.between(back.minusSeconds(3_600), back);
        assertThat(recent.newest(ANN, Channel.LOGS, RARE, 9, before).events()).hasSize(1);
    }

    @Test
    void howFarItLookedTellsNothingOfEventsThatMayNotBeSeen() {
        Identity limited =
                new Identity(
                        "eve",
                        Role.VIEWER,
                        Identity.Kind.TOKEN,
                        "t",
                        List.of(),
                        Optional.of(Filter.parse("rule.id = never")),
                        Optional.empty());
        RecentEvents.Found found = recent(Duration.ZERO).newest(limited, Channel.LOGS, RARE, 9);
        assertThat(found.events()).isEmpty();
        assertThat(found.back()).as("there is nothing more to be seen").isEmpty();
    }

    @Test
    void whoFindsEnoughLooksNoFurtherAndSaysNothing() {
        RecentEvents.Found found = recent(Duration.ZERO).newest(ANN, Channel.LOGS, "", 200);
        assertThat(found.events()).hasSize(200);
        assertThat(found.back()).isEmpty();
    }

    private RecentEvents recent(Duration budget) {
        return new RecentEvents(
                fixture.services().get(Hub.class),
                fixture.services().get(EventLog.class),
                Instant::now,
                budget);
    }

    private static Event line(String message) {
        return Event.builder().put(Fields.MESSAGE, message).build();
    }
}
