package io.netsentinel.integrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.SourceStatus.State;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = Postgres.INSTALLED, disabledReason = Postgres.MISSING)
class PostgresSourceTest {
    @TempDir private static Path folder;
    private static Postgres server;

    @TempDir private Path temporary;
    private Lab lab;

    @BeforeAll
    static void startServer() {
        server = Postgres.start(folder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() {
        lab = new Lab(temporary, "none");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static Source source() {
        return source(Map.of());
    }

    private static Source source(Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>();
        options.put("url", server.url());
        options.put("username", "sensor");
        options.put("password", Postgres.PASSWORD);
        options.put("notifications", List.of("assets", "With \"quotes\""));
        options.putAll(more);
        return new PostgresSourceFactory().create(new Options("lab", options));
    }

    @Test
    void overTlsTheServersCertificateAndItsNameAreChecked() {
        Path ca = server.certificate().certificate();
        lab.start(source(Map.of("tls", true, "ca", ca)));
        lab.await(() -> lab.status().state() == State.LIVE);
        server.sql("NOTIFY assets, 'over TLS'");
        lab.await(() -> lab.tail(Channel.DATABASE) == 1);
        lab.stop();
        lab.start(source(Map.of("tls", true)));
        lab.await(() -> lab.status().lastError().contains("certification path"));
        lab.stop();
        String otherName = server.url().replace("127.0.0.1", "localhost");
        lab.start(source(Map.of("tls", true, "ca", ca, "url", otherName)));
        lab.await(() -> lab.status().lastError().contains("localhost"));
    }

    private void start() {
        lab.start(source());
        lab.await(() -> lab.status().state() == State.LIVE);
    }

    private List<Event> events(int count) {
        lab.await(() -> lab.tail(Channel.DATABASE) >= count);
        return lab.events(Channel.DATABASE);
    }

    @Test
    void aPayloadThatIsJsonBecomesFieldsAndAnyOtherOneTheMessage() {
        start();
        server.sql("NOTIFY assets, '{\"host\":{\"ip\":\"10.0.0.1\"},\"seen\":3}'");
        server.sql("NOTIFY assets, 'plain text'");
        server.sql("NOTIFY \"With \"\"quotes\"\"\"");
        server.sql("NOTIFY other, 'nobody listens'");
        server.sql("NOTIFY assets, 'last'");
        List<Event> events = events(4);
        assertThat(events).hasSize(4);
        assertThat(events.getFirst().text("postgresql.payload.host.ip")).isEqualTo("10.0.0.1");
        assertThat(events.getFirst().number("postgresql.payload.seen", 0)).isEqualTo(3);
        assertThat(events.getFirst().text("postgresql.notification")).isEqualTo("assets");
        assertThat(events.get(1).text(Fields.MESSAGE)).isEqualTo("plain text");
        assertThat(events.get(2).text("postgresql.notification")).isEqualTo("With \"quotes\"");
        assertThat(events.get(3).text(Fields.MESSAGE)).isEqualTo("last");
        assertThat(lab.status().deadLetters()).isZero();
    }

    @Test
    void notificationsArriveInTheOrderOfTheirTransactions() {
        start();
        server.sql(
                "DO $$ BEGIN FOR i IN 1..2000 LOOP PERFORM pg_notify('assets', i::text); END LOOP; END $$");
        List<Event> events = events(2_000);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).text(Fields.MESSAGE)).isEqualTo(Integer.toString(i + 1));
        }
    }

    @Test
    void aBreakIsAGapThatIsSaid() {
        start();
        server.sql("NOTIFY assets, 'before'");
        events(1);
        assertThat(source().test()).isEmpty();
        server.away();
        assertThat(source().test()).isPresent();
        lab.await(() -> lab.status().state() == State.FAILED);
        assertThat(lab.status().lastError()).contains("127.0.0.1");
        server.back();
        lab.await(() -> lab.status().state() == State.LIVE);
        server.sql("NOTIFY assets, 'after'");
        events(2);
        lab.await(() -> lab.tail(Channel.SYSTEM) == 1);
        assertThat(lab.events(Channel.SYSTEM).getFirst().text(Fields.MESSAGE))
                .contains("nobody listened from");
        assertThat(lab.status().missed()).isEqualTo(1);
    }

    @Test
    void theTimeOfAStopIsAGapToo() {
        start();
        lab.stop();
        start();
        lab.await(() -> lab.tail(Channel.SYSTEM) == 1);
    }

    @Test
    void aWrongPasswordIsSaidWithoutShowingIt() {
        lab.start(
                new PostgresSourceFactory()
                        .create(
                                new Options(
                                        "lab",
                                        Map.of(
                                                "url",
                                                server.url(),
                                                "username",
                                                "sensor",
                                                "password",
                                                "a-secret",
                                                "notifications",
                                                List.of("assets")))));
        lab.await(() -> lab.status().lastError().contains("authentication"));
        assertThat(lab.status().lastError()).doesNotContain("a-secret");
    }
}
