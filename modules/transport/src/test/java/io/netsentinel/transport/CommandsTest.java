package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.auth.Role;
import io.netsentinel.transport.spi.Method;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
    @TempDir Path directory;
    private final CountDownLatch released = new CountDownLatch(1);
    private StreamFixture at;
    private StreamClient client;

    /// `test.…` methods, one for each way to end.
    private record Probe(String name, CountDownLatch latch) implements Method {
        @Override
        public Permission needs() {
            return name.equals("test.admin") ? Permission.ADMIN : Permission.READ;
        }

        @Override
        public JsonNode call(Identity who, JsonNode params, Services services) {
            return switch (name) {
                case "test.conflict" ->
                        throw new ProtocolException(
                                ErrorCode.CONFLICT, "already acknowledged by ann");
                case "test.broken" -> throw new IllegalStateException("secret detail");
                case "test.slow" -> {
                    await();
                    yield Json.object().put("slow", true);
                }
                default -> Json.object().put("user", who.user()).set("params", params);
            };
        }

        private void await() {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Method method(String name) {
        return new Probe(name, released);
    }

    @BeforeEach
    void open() {
        at =
                new StreamFixture(
                        directory,
                        StreamFixture.Options.defaults()
                                .with(
                                        method("test.echo"),
                                        method("test.conflict"),
                                        method("test.broken"),
                                        method("test.slow"),
                                        method("test.admin")));
        client = at.as(Role.VIEWER);
    }

    @AfterEach
    void close() {
        released.countDown();
        client.close();
        at.close();
    }

    @Test
    void aCallIsAnsweredWithItsResult() {
        JsonNode result = client.ask("call", "'method':'test.echo','params':{'a':[1]}");
        assertThat(result.path("type").asText()).isEqualTo("result");
        assertThat(result.path("data").toString())
                .isEqualTo("{\"user\":\"the-viewer\",\"params\":{\"a\":[1]}}");
    }

    @Test
    void aCallThatIsRefusedSaysWhy() {
        JsonNode conflict = client.ask("call", "'method':'test.conflict'");
        assertThat(conflict.path("code").asInt()).isEqualTo(122);
        assertThat(conflict.path("message").asText()).contains("ann");
        assertThat(client.refused("call", "'method':'test.nothing'")).isEqualTo(108);
        assertThat(client.refused("call", "'method':'test.admin'")).isEqualTo(103);
        assertThat(client.refused("call", "'method':'test.echo','params':1")).isEqualTo(107);
        assertThat(client.refused("call", "")).isEqualTo(107);
    }

    @Test
    void aCallThatFailsIs100AndTellsNothingOfTheInside() {
        JsonNode failed = client.ask("call", "'method':'test.broken'");
        assertThat(failed.path("code").asInt()).isEqualTo(100);
        assertThat(failed.path("temporary").asBoolean()).isTrue();
        assertThat(failed.toString()).doesNotContain("secret");
    }

    @Test
    void aSlowCallHoldsNothingElseUpAndTooManyAre111() {
        for (int i = 0; i < 8; i++) {
            client.send("call", "'method':'test.slow'");
        }
        assertThat(client.refused("call", "'method':'test.slow'")).isEqualTo(111);
        assertThat(client.ask("history", "'channel':'alerts'").path("type").asText())
                .isEqualTo("history");
        released.countDown();
        for (int i = 0; i < 8; i++) {
            assertThat(client.await("result").path("data").path("slow").asBoolean()).isTrue();
        }
    }

    @Test
    void historyReadsPagesBothWays() {
        at.publish("network", "{\"n\":1}", 5);
        at.publish("network", "{\"n\":2}", 5);
        JsonNode page = client.ask("history", "'channel':'network','limit':3");
        assertThat(page.path("epoch").asText()).hasSize(8);
        assertThat(page.path("events")).hasSize(3);
        assertThat(page.path("events").get(0).path("offset").asInt()).isEqualTo(1);
        assertThat(page.path("next").asInt()).isEqualTo(3);
        JsonNode rest = client.ask("history", "'channel':'network','offset':3,'filter':'n = 2'");
        assertThat(rest.path("events")).hasSize(5);
        assertThat(rest.path("next").asInt()).isEqualTo(10);
        JsonNode back = client.ask("history", "'channel':'network','reverse':true,'limit':2");
        assertThat(back.path("events").get(0).path("offset").asInt()).isEqualTo(10);
        assertThat(back.path("next").asInt()).isEqualTo(9);
        assertThat(
                        client.ask("history", "'channel':'network','since':'-1h','limit':500")
                                .path("events"))
                .hasSize(10);
    }

    @Test
    void historyIsCheckedLikeASubscription() {
        assertThat(client.refused("history", "'channel':'audit'")).isEqualTo(103);
        assertThat(client.refused("history", "'channel':'nowhere'")).isEqualTo(102);
        assertThat(client.refused("history", "'channel':'network','limit':501")).isEqualTo(107);
        assertThat(client.refused("history", "'channel':'network','reverse':1")).isEqualTo(107);
        assertThat(client.refused("history", "'channel':'network','filter':'('")).isEqualTo(120);
        assertThat(client.refused("history", "'channel':'network','offset':1")).isEqualTo(112);
    }

    @Test
    void whatIsNotOfferedIsSaidByName() {
        assertThat(client.refused("presence", "'channel':'alerts'")).isEqualTo(108);
        assertThat(client.refused("dance", "")).isEqualTo(104);
    }

    @Test
    void aFrameMayHoldSeveralCommands() {
        client.raw(
                "[{\"type\":\"subscribe\",\"id\":1,\"channel\":\"network\"},"
                        + "{\"type\":\"dance\",\"id\":2},"
                        + "{\"type\":\"subscribe\",\"id\":3,\"channel\":\"alerts\"}]");
        assertThat(client.next().path("id").asInt()).isEqualTo(1);
        assertThat(client.next().path("code").asInt()).isEqualTo(104);
        assertThat(client.next().path("id").asInt()).isEqualTo(3);
    }

    @Test
    void aPongIsNotAnswered() {
        client.raw("{\"type\":\"pong\",\"time\":" + (System.currentTimeMillis() - 5) + "}");
        client.ask("connect", "");
        assertThat(at.server.connections().orElseThrow().list("", 10).getFirst().latencyMillis())
                .isBetween(0, 20_000);
    }
}
