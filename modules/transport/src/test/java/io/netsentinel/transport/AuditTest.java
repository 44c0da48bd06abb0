package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditTest {
    @TempDir Path directory;

    @Nested
    final class OfRequests {
        private TestServer server;

        @BeforeEach
        void start() {
            server = new TestServer(directory);
        }

        @AfterEach
        void stop() {
            server.close();
        }

        private JsonNode entries(String query) {
            Raw.Reply reply = server.raw().get("/api/audit" + query, server.bearer(Role.ADMIN));
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            return parse(reply.body()).path("events");
        }

        private JsonNode await(String action, Predicate<JsonNode> wanted) {
            String query =
                    "?limit=1000&filter="
                            + URLEncoder.encode(
                                    "event.action == \"" + action + "\"", StandardCharsets.UTF_8);
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() < end) {
                for (JsonNode one : entries(query)) {
                    if (wanted.test(one.path("data"))) {
                        return one.path("data");
                    }
                }
                LockSupport.parkNanos(5_000_000);
            }
            throw new AssertionError("no entry of " + action + " in " + entries("?limit=1000"));
        }

        @Test
        void aChangeIsNotedWithWhoFromWhereWhatAndItsOutcome() {
            server.raw().post("/api/test/admin", "{}", server.bearer(Role.ADMIN));
            JsonNode entry = await("POST /api/test/admin", _ -> true);
            assertThat(entry.at("/user/name").asText()).isEqualTo("token-admin");
            assertThat(entry.at("/source/ip").asText()).isEqualTo("127.0.0.1");
            assertThat(entry.at("/event/outcome").asText()).isEqualTo("success");
            assertThat(entry.at("/ns/audit/target").asText()).isEqualTo("/api/test/admin");
        }

        @Test
        void aRefusalIsNotedToo() {
            server.raw().post("/api/test/admin", "{}", server.bearer(Role.VIEWER));
            JsonNode entry =
                    await(
                            "POST /api/test/admin",
                            one -> one.at("/user/name").asText().equals("token-viewer"));
            assertThat(entry.at("/event/outcome").asText()).isEqualTo("failure");
            assertThat(entry.path("message").asText()).startsWith("status 403");
        }

        @Test
        void whoeverSignsInOrFailsToIsNamedAndNoPasswordIs() {
            server.browser("viewer-1");
            server.raw()
                    .post(
                            "/api/login",
                            "{\"username\":\"eve\\ud800\",\"password\":\"guess-guess-guess\"}");
            assertThat(
                            await(
                                            "POST /api/login",
                                            one -> one.at("/user/name").asText().startsWith("eve"))
                                    .at("/event/outcome")
                                    .asText())
                    .isEqualTo("failure");
            assertThat(
                            await(
                                            "POST /api/login",
                                            one -> one.at("/user/name").asText().equals("viewer-1"))
                                    .at("/event/outcome")
                                    .asText())
                    .isEqualTo("success");
            assertThat(entries("?limit=1000").toString())
                    .doesNotContain("guess-guess", TestServer.PASSWORD);
            assertThat(AuditChain.verify(server.log()).problems()).isEmpty();
        }

        @Test
        void readingIsNotNoted() {
            server.raw().get("/api/test/read", server.bearer(Role.VIEWER));
            server.raw().post("/api/test/read", "{}", server.bearer(Role.VIEWER));
            await("POST /api/test/read", _ -> true);
            assertThat(entries("").findValuesAsText("action")).doesNotContain("GET /api/test/read");
        }

        @Test
        void whoeverIsRefusedWithoutEndDoesNotFillIt() {
            for (int n = 0; n < 250; n++) {
                server.raw().get("/api/test/read");
            }
            server.raw().post("/api/test/admin", "{}", server.bearer(Role.ADMIN));
            await("POST /api/test/admin", _ -> true);
            assertThat(
                            entries("?limit=1000").findValuesAsText("action").stream()
                                    .filter("GET /api/test/read"::equals)
                                    .count())
                    .isBetween(100L, 240L);
        }

        @Test
        void onlyAdministratorsReadItAndMayCheckIt() {
            for (String path : List.of("/api/audit", "/api/audit/verify")) {
                assertThat(server.raw().get(path).status()).isEqualTo(401);
                assertThat(server.raw().get(path, server.bearer(Role.ANALYST)).status())
                        .isEqualTo(403);
            }
            server.raw().post("/api/test/admin", "{}", server.bearer(Role.ADMIN));
            await("POST /api/test/admin", _ -> true);
            JsonNode verdict =
                    parse(server.raw().get("/api/audit/verify", server.bearer(Role.ADMIN)).body());
            assertThat(verdict.path("whole").asBoolean()).isTrue();
            assertThat(verdict.path("entries").asLong()).isPositive();
        }

        private JsonNode parse(String body) {
            try {
                return Json.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }
    }

    @Nested
    final class OfTheChain {
        private EventLog log;

        @BeforeEach
        void open() {
            log = EventLog.open(directory.resolve("chain"), LogSettings.defaults());
        }

        @AfterEach
        void close() {
            log.close();
        }

        private void note(String... actions) {
            try (Audit audit = Audit.open(log, log::append, Clock.systemUTC())) {
                for (String action : actions) {
                    audit.note(AuditEntry.local(action, "t", true, ""));
                }
            }
        }

        private Event entry(int index) {
            return event(
                    log.read(Channel.AUDIT, 0, 100, 1 << 20).join().records().get(index).payload());
        }

        private Event event(byte[] json) {
            return Event.fromJson(json);
        }

        private void append(Event event) {
            var _ = log.append(Append.of(Entry.of(Channel.AUDIT, event.toJson()))).join();
        }

        @Test
        void isWholeAndGoesOnAfterARestart() {
            note("one", "two");
            note("three");
            AuditChain.Verdict verdict = AuditChain.verify(log);
            assertThat(verdict.problems()).isEmpty();
            assertThat(verdict.entries()).isEqualTo(3);
            assertThat(verdict.last()).isEqualTo(3);
            assertThat(verdict.head()).isEqualTo(entry(2).text("ns.audit.hash"));
        }

        @Test
        void tellsAnEntryThatWasChanged() {
            note("one");
            Event forged = entry(0).toBuilder().put("user.name", "somebody-else").build();
            append(forged.toBuilder().put("ns.audit.seq", 2).build());
            assertThat(AuditChain.verify(log).problems())
                    .anyMatch(problem -> problem.contains("entry 2 was changed"));
        }

        @Test
        void tellsAnEntryThatIsMissing() {
            note("one", "two", "three");
            Event first = entry(0);
            Event third = entry(2);
            try (EventLog other =
                    EventLog.open(directory.resolve("other"), LogSettings.defaults())) {
                other.create(Channel.AUDIT);
                for (Event one : List.of(first, third)) {
                    var _ = other.append(Append.of(Entry.of(Channel.AUDIT, one.toJson()))).join();
                }
                assertThat(AuditChain.verify(other).problems())
                        .containsExactly("offset 2: entry 3 does not follow entry 1");
            }
        }

        @Test
        void saysHowManyEntriesCouldNotBeWritten() {
            AtomicBoolean full = new AtomicBoolean(true);
            try (Audit audit =
                    Audit.open(
                            log,
                            append ->
                                    full.get()
                                            ? CompletableFuture.failedFuture(
                                                    new IOException("disk full"))
                                            : log.append(append),
                            Clock.systemUTC())) {
                assertThat(audit.append(AuditEntry.local("a", "", true, "").event(now())))
                        .failsWithin(Duration.ofSeconds(10));
                full.set(false);
                assertThat(audit.append(AuditEntry.local("b", "", true, "").event(now())))
                        .succeedsWithin(Duration.ofSeconds(10));
                assertThat(audit.lost()).isZero();
            }
            assertThat(entry(0).text("event.action")).isEqualTo("audit.lost");
            assertThat(entry(0).text("message")).isEqualTo("entries that could not be written: 1");
            assertThat(entry(1).text("event.action")).isEqualTo("b");
            assertThat(AuditChain.verify(log).problems()).isEmpty();
        }

        private java.time.Instant now() {
            return java.time.Instant.now();
        }
    }
}
