package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.BrokerContract;
import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

@EnabledIf(value = ValkeyServer.INSTALLED, disabledReason = ValkeyServer.MISSING)
class ListSourceTest extends BrokerContract {
    @TempDir private Path folder;
    private ValkeyServer server;

    @BeforeEach
    void startServer() {
        server = ValkeyServer.start(folder);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    protected Source source() {
        return source(Map.of("list", "suricata"));
    }

    private Source source(Map<String, Object> more) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("url", server.url());
        options.put("max-line", 64L << 10);
        options.putAll(more);
        return new ValkeySourceFactory().create(new Options("lab", options));
    }

    @Override
    protected void push(List<byte[]> lines) {
        try (Jedis client = server.client()) {
            lines.forEach(line -> client.lpush("suricata".getBytes(UTF_8), line));
        }
    }

    @Override
    protected void away() {
        server.away();
    }

    @Override
    protected void back() {
        server.back();
    }

    @Override
    protected void cut() {
        try (Jedis client = server.client()) {
            client.clientKill(new ClientKillParams().type(ClientType.NORMAL));
        }
    }

    @Test
    void nothingIsLeftBehindOnTheServer() {
        push(0, 1_500);
        lab().start(source()).expect(0, 1_500);
        try (Jedis client = server.client()) {
            lab().await(() -> client.keys("*").isEmpty());
        }
    }

    @Test
    void aListFilledFromTheRightIsTakenFromTheLeft() {
        try (Jedis client = server.client()) {
            for (int i = 0; i < 20; i++) {
                client.rpush("other", Lab.line(i));
            }
        }
        lab().start(source(Map.of("list", "other", "take-from", "left"))).expect(0, 20);
    }

    @Test
    void whatWasMovedAndNeverCommittedIsReadByTheNextLife() {
        try (Jedis client = server.client()) {
            client.rpush("suricata:netsentinel:lab", "netsentinel-batch:GONE", Lab.line(0));
        }
        push(1, 3);
        lab().start(source()).expect(0, 3);
    }

    @Test
    void whatWasMovedWithoutItsTokenIsReadToo() {
        try (Jedis client = server.client()) {
            client.rpush("suricata:netsentinel:lab", Lab.line(0));
        }
        push(1, 3);
        lab().start(source()).expect(0, 3);
    }

    @Test
    void aUserAPasswordAndAnotherDatabaseAreUsed() {
        try (Jedis client = server.client()) {
            client.select(5);
            client.lpush("suricata", Lab.line(0));
        }
        server.lock();
        lab().start(
                        source(
                                Map.of(
                                        "list",
                                        "suricata",
                                        "url",
                                        server.url() + "/5",
                                        "username",
                                        "sensor",
                                        "password",
                                        ValkeyServer.password())))
                .expect(0, 1);
        assertThat(lab().status().path()).endsWith("/5 list suricata").doesNotContain("horse");
    }

    @Test
    void aWrongPasswordIsSaidWithoutShowingIt() {
        lab().start(
                        source(
                                Map.of(
                                        "list",
                                        "suricata",
                                        "username",
                                        "nobody",
                                        "password",
                                        "a-secret")));
        lab().await(() -> lab().status().lastError().contains("WRONGPASS"));
        assertThat(lab().status().lastError()).doesNotContain("a-secret");
    }
}
