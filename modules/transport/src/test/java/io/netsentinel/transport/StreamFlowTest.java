package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamFlowTest {
    private static final int MANY = 5_000;

    @TempDir Path directory;
    private StreamFixture at;

    @BeforeEach
    void open() {
        at = new StreamFixture(directory);
    }

    @AfterEach
    void close() {
        at.close();
    }

    private void publishMany(String channel) {
        for (int i = 0; i < MANY; i += 500) {
            at.publish(channel, "{\"text\":\"" + "x".repeat(1_000) + "\"}", 500);
        }
    }

    @Test
    void aReaderThatTakesNothingDelaysNobody() throws Exception {
        try (RawStream stuck =
                        new RawStream(at.server.port(), "/ws/network", at.token(Role.VIEWER));
                StreamClient lively = at.as(Role.VIEWER)) {
            stuck.await(RawStream.Frame.TEXT);
            lively.ask("subscribe", "'channel':'network'");
            publishMany("network");
            List<JsonNode> events = lively.events(MANY);
            assertThat(events.getLast().path("offset").asInt()).isEqualTo(MANY);
            assertThat(lively.ask("history", "'channel':'alerts'").path("type").asText())
                    .isEqualTo("history");
            int offset = 0;
            while (offset < MANY) {
                RawStream.Frame frame = stuck.await(RawStream.Frame.TEXT);
                offset = lastOffset(frame.text(), offset);
            }
            assertThat(offset).isEqualTo(MANY);
        }
    }

    /// Checks that events follow each other and gives the last one's offset.
    private static int lastOffset(String frame, int before) {
        int last = before;
        int at = frame.indexOf("\"offset\":");
        while (at >= 0) {
            int offset = Integer.parseInt(frame.substring(at + 9, frame.indexOf(',', at)));
            assertThat(offset).isEqualTo(last + 1);
            last = offset;
            at = frame.indexOf("\"offset\":", at + 9);
        }
        return last;
    }

    @Test
    void underLoadManyEventsShareAFrame() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            publishMany("network");
            client.ask("subscribe", "'channel':'network','offset':0");
            client.events(MANY);
            assertThat(client.frames.get()).isLessThan(MANY / 5);
        }
    }

    @Test
    void anImportantChannelIsNotHeldUpByABusyOne() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            publishMany("packets");
            publishMany("alerts");
            client.send(
                    "connect",
                    "'subs':{'packets':{'channel':'packets','offset':0},"
                            + "'alerts':{'channel':'alerts','offset':0}}");
            List<String> order = new ArrayList<>();
            for (JsonNode event : client.events(2 * MANY)) {
                order.add(event.path("channel").asText());
            }
            long early =
                    order.subList(0, MANY).stream().filter(one -> one.equals("alerts")).count();
            assertThat(early).isGreaterThan(MANY / 2);
            assertThat(order.lastIndexOf("alerts")).isLessThan(order.lastIndexOf("packets"));
            assertThat(order.subList(0, MANY)).contains("packets");
        }
    }

    @Test
    void anAnswerGoesBetweenTheEventsOfALongReplay() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            for (int i = 0; i < 4; i++) {
                publishMany("network");
            }
            client.ask("subscribe", "'channel':'network','offset':0");
            int id = client.send("history", "'channel':'alerts'");
            int events = 0;
            JsonNode next = client.next();
            while (next.path("id").asInt() != id) {
                events++;
                next = client.next();
            }
            assertThat(events).isLessThan(4 * MANY);
            client.events(4 * MANY - events);
        }
    }

    @Test
    void aReplyGoesThroughTheWholeServerInTheOrderOfCommands() {
        try (StreamClient client = at.as(Role.ADMIN)) {
            client.ask("subscribe", "'channel':'lab'");
            for (int i = 1; i <= 200; i++) {
                client.send("publish", "'channel':'lab','data':{'n':" + i + "}");
            }
            List<JsonNode> events = client.events(200);
            for (int i = 0; i < 200; i++) {
                assertThat(events.get(i).path("data").path("n").asInt()).isEqualTo(i + 1);
                assertThat(events.get(i).path("prev").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void theServerCountsHowConnectionsEnd() {
        Connections connections = at.server.connections().orElseThrow();
        StreamClient client = at.as(Role.VIEWER);
        client.ask("connect", "");
        assertThat(connections.size()).isEqualTo(1);
        client.close();
        while (connections.size() > 0) {
            Thread.onSpinWait();
        }
        assertThat(connections.ended()).containsOnlyKeys(1006);
        at.server.drain(Duration.ofSeconds(1));
        assertThat(at.hub.statistics().subscriptions()).isZero();
    }
}
