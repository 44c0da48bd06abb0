package io.netsentinel.integrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import io.netsentinel.events.Channel;
import io.netsentinel.integrations.Api.Reply;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.queuing.StorageDegradedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsEndpointTest {
    private static final String ALERT =
            "{\"timestamp\":\"2026-06-01T12:00:00.000000+0000\",\"event_type\":\"alert\","
                    + "\"src_ip\":\"192.0.2.1\",\"alert\":{\"signature_id\":1,\"severity\":1}}";

    @TempDir Path temporary;
    private Api api;

    @BeforeEach
    void open() {
        api = new Api(temporary);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append(Lab.line(i));
        }
        return lines.toString();
    }

    private long tail(String channel) {
        return api.log().state(channel).orElseThrow().tail();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void oneEventIsCommittedBeforeTheAnswer() {
        Reply reply = api.post("format=eve", ALERT);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().toString())
                .isEqualTo(
                        "{\"accepted\":1,\"rejected\":[],\"offsets\":{\"alerts\":[1],\"threats\":[1]}}");
        assertThat(tail(Channel.ALERTS)).isEqualTo(1);
    }

    @Test
    void linesAreTakenAndTheBadOnesNamed() {
        Reply reply =
                api.post(
                        "format=eve&source=lab-7",
                        Lab.line(0) + "\nnonsense\n" + Lab.line(1) + "{}");

        assertThat(reply.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(reply.json().path("rejected").toString())
                .isEqualTo(
                        "[{\"line\":3,\"error\":\"not a JSON object\"},"
                                + "{\"line\":5,\"error\":\"no event_type: not an EVE record\"}]");
        assertThat(tail(Channel.DEAD_LETTERS)).isEqualTo(2);
        assertThat(reply.json().path("offsets").has(Channel.DEAD_LETTERS)).isFalse();
        JsonNode sources =
                api.get("/api/sources", api.token(Role.ADMIN)).json().path("sources").path(0);
        assertThat(sources.path("name").asText()).isEqualTo("lab-7");
        assertThat(sources.path("accepted").asInt()).isEqualTo(2);
        assertThat(sources.path("deadLetters").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[%s,%s]",
                "  \n[\n  %s\n,\n  %s\n]\n",
                "%s\n%s",
                "%s\r\n%s\r\n",
                "\n\n%s\n\n\n%s",
            })
    void arraysAndLinesAreTakenAlike(String form) {
        String pretty = ALERT.replace(",", ",\n  ").replace("{", "{\n  ");
        assertThat(
                        api.post("format=eve", form.formatted(ALERT, ALERT))
                                .json()
                                .path("accepted")
                                .asInt())
                .isEqualTo(2);
        if (form.contains("[")) {
            assertThat(
                            api.post("format=eve", form.formatted(pretty, pretty))
                                    .json()
                                    .path("accepted")
                                    .asInt())
                    .isEqualTo(2);
        }
        assertThat(tail(Channel.DEAD_LETTERS)).isZero();
    }

    @Test
    void objectsOverSeveralLinesAreTaken() {
        String pretty = ALERT.replace(",", ",\n  ").replace("{", "{\n  ");

        assertThat(api.post("format=eve", pretty).json().path("accepted").asInt()).isEqualTo(1);
        assertThat(api.post("format=eve", pretty + "\n" + pretty).json().path("accepted").asInt())
                .isEqualTo(2);
        assertThat(tail(Channel.DEAD_LETTERS)).isZero();
    }

    @Test
    void aSpoiltFirstLineDoesNotSpoilTheOthers() {
        Reply reply = api.post("format=eve", "{\"event_type\":\"fl\n" + lines(0, 5));

        assertThat(reply.json().path("accepted").asInt()).isEqualTo(5);
        assertThat(reply.json().path("rejected").path(0).path("line").asInt()).isEqualTo(1);
    }

    @Test
    void aBrokenArrayGivesWhatCameBefore() {
        Reply reply = api.post("format=eve", "[" + ALERT + "," + ALERT.substring(0, 40));

        assertThat(reply.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(reply.json().path("rejected").toString()).contains("the array is not complete");
    }

    @Test
    void elementsThatAreNoObjectsAreNamed() {
        Reply reply = api.post("format=eve", "[1,\"a,b]\"," + ALERT + ",[2]]");

        assertThat(reply.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(reply.json().path("rejected").size()).isEqualTo(3);
        assertThat(reply.json().path("rejected").path(2).path("line").asInt()).isEqualTo(4);
    }

    @Test
    void nothingAndWhiteSpaceAreNoEvents() {
        assertThat(api.post("format=eve", "").json().path("accepted").asInt()).isZero();
        assertThat(api.post("format=eve", " \n\n ").json().path("accepted").asInt()).isZero();
        assertThat(api.post("format=eve", "[]").json().path("accepted").asInt()).isZero();
    }

    @Test
    void aCompressedBodyIsTaken() throws IOException {
        Reply reply =
                api.post(
                        "format=eve",
                        gzip(lines(0, 3_000)),
                        api.token(Role.SENSOR),
                        "Content-Encoding",
                        "gzip");

        assertThat(reply.json().path("accepted").asInt()).isEqualTo(3_000);
        assertThat(reply.json().path("offsets").path("network").size()).isEqualTo(3_000);
        assertThat(tail(Channel.NETWORK)).isEqualTo(3_000);
    }

    @Test
    void aBombIsRefusedAndWhatWasTakenBeforeIsTold() throws IOException {
        String line = Lab.line(1);
        String bomb = line + " ".repeat((64 << 20) + 1);
        Reply reply =
                api.post(
                        "format=eve",
                        gzip(bomb),
                        api.token(Role.SENSOR),
                        "Content-Encoding",
                        "gzip");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().has("accepted")).isTrue();
    }

    @Test
    void aLineOverTheLimitIsNamedAndTheRestTaken() {
        Reply reply =
                api.post(
                        "format=eve",
                        Lab.line(0) + "{\"a\":\"" + "x".repeat(1 << 20) + "\"}\n" + Lab.line(1));

        assertThat(reply.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(reply.json().path("rejected").path(0).path("error").asText())
                .startsWith("longer than 1048576 bytes");
    }

    @Test
    void aRepetitionUnderTheSameKeyStoresNothing() {
        String body = lines(0, 2_500) + "nonsense\n";
        Reply first = api.post("format=eve", body, "Idempotency-Key", "k-1");
        String token = api.token(Role.SENSOR);
        Reply mine = api.post("format=eve", body.getBytes(UTF_8), token, "Idempotency-Key", "k-1");
        Reply again = api.post("format=eve", body.getBytes(UTF_8), token, "Idempotency-Key", "k-1");

        assertThat(first.json().path("accepted").asInt()).isEqualTo(2_500);
        assertThat(mine.json().has("duplicate")).isFalse();
        assertThat(again.json().path("duplicate").asBoolean()).isTrue();
        assertThat(again.json().path("accepted").asInt()).isEqualTo(2_500);
        assertThat(again.json().path("offsets")).isEqualTo(mine.json().path("offsets"));
        assertThat(tail(Channel.NETWORK)).isEqualTo(5_000);
        assertThat(tail(Channel.DEAD_LETTERS)).isEqualTo(2);
    }

    @Test
    void aHalfTakenBodyIsCompletedByItsRepetition() {
        String token = api.token(Role.SENSOR);
        byte[] body = lines(0, 2_500).getBytes(UTF_8);
        AtomicInteger calls = new AtomicInteger();
        api.publishWith(append ->
                calls.incrementAndGet() > 1
                        ? CompletableFuture.failedFuture(new StorageDegradedException("disk full"))
                        : api.log().append(append));
        Reply failed = api.post("format=eve", body, token, "Idempotency-Key", "k");
        api.publishAgain();
        Reply repeated = api.post("format=eve", body, token, "Idempotency-Key", "k");

        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.retryAfter()).isEqualTo("5");
        assertThat(failed.json().path("accepted").asInt()).isEqualTo(1_000);
        assertThat(failed.json().toString()).doesNotContain("disk full");
        assertThat(repeated.json().path("accepted").asInt()).isEqualTo(2_500);
        assertThat(tail(Channel.NETWORK)).isEqualTo(2_500);
    }

    @Test
    void aKeyOfAnotherBodyIsAConflict() {
        String token = api.token(Role.SENSOR);
        api.post("format=eve", lines(0, 2).getBytes(UTF_8), token, "Idempotency-Key", "k");
        Reply reply =
                api.post("format=eve", lines(0, 3).getBytes(UTF_8), token, "Idempotency-Key", "k");

        assertThat(reply.status()).isEqualTo(409);
    }

    @Test
    void aBusyLogIsToldAfterSomePatience() {
        api.publishWith(_ -> CompletableFuture.failedFuture(new QueueFullException("full")));
        Reply reply = api.post("format=eve", ALERT);

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.retryAfter()).isEqualTo("1");
    }

    @Test
    void aLogThatIsBusyForAMomentIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        api.publishWith(append ->
                calls.incrementAndGet() < 4
                        ? CompletableFuture.failedFuture(new QueueFullException("full"))
                        : api.log().append(append));

        assertThat(api.post("format=eve", ALERT).status()).isEqualTo(200);
    }

    @Test
    void anUnknownFormatIsToldWhichThereAre() {
        for (String query : new String[] {"format=nonsense", "format=", ""}) {
            Reply reply = api.post(query, ALERT);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("detail").asText())
                    .isEqualTo("format must be one of cowrie, eve, event, syslog, zeek");
        }
    }

    @Test
    void onlyThoseWhoMayPublishCan() {
        assertThat(api.post("format=eve", ALERT.getBytes(UTF_8), api.token(Role.VIEWER)).status())
                .isEqualTo(403);
        assertThat(api.post("format=eve", ALERT.getBytes(UTF_8), "nonsense").status())
                .isEqualTo(401);
        Reply narrowed =
                api.post(
                        "format=eve",
                        (ALERT + "\n" + Lab.line(0)).getBytes(UTF_8),
                        api.token(Role.SENSOR, "network"));
        assertThat(narrowed.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(narrowed.json().path("rejected").path(0).path("error").asText())
                .isEqualTo("no permission to publish to alerts");
        assertThat(tail(Channel.ALERTS)).isZero();
    }

    @Test
    void ecsEventsAreCompleted() {
        Reply reply =
                api.post(
                        "format=event",
                        """
                        {"id":"my-1","event":{"kind":"alert"},"ns":{"severity":"critical"},"message":"m"}
                        {"event":{"module":"syslog"},"@timestamp":"2026-06-01T12:00:00+02:00"}
                        {"ns":{"change":{"action":"ack"}}}
                        {"a":1,"a":2}
                        """);

        assertThat(reply.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(reply.json().path("rejected").size()).isEqualTo(2);
        JsonNode alert = event(Channel.THREATS);
        assertThat(alert.path("id").asText()).isEqualTo("my-1");
        assertThat(alert.path("ns").path("score").asInt()).isEqualTo(99);
        JsonNode syslog = event(Channel.LOGS);
        assertThat(syslog.path("@timestamp").asText()).isEqualTo("2026-06-01T10:00:00Z");
        assertThat(syslog.path("observer").path("name").asText()).isEqualTo("t-sensor");
    }

    private JsonNode event(String channel) {
        return api.get("/api/events?channel=" + channel, api.token(Role.ADMIN))
                .json()
                .path("events")
                .path(0)
                .path("data");
    }

    @Test
    void eventsAreGivenOutAgainPageByPage() {
        api.post("format=eve", lines(0, 25));
        String token = api.token(Role.VIEWER);
        JsonNode page = api.get("/api/events?channel=network&limit=10", token).json();
        JsonNode last =
                api.get("/api/events?channel=network&limit=10&offset=" + page.path("next"), token)
                        .json();
        JsonNode back = api.get("/api/events?channel=network&limit=1&reverse=true", token).json();

        assertThat(page.path("events").size()).isEqualTo(10);
        assertThat(page.path("next").asLong()).isEqualTo(10);
        assertThat(last.path("events").path(0).path("offset").asLong()).isEqualTo(11);
        assertThat(last.path("events").path(0).path("data").path("flow").path("id").asText())
                .isEqualTo("10");
        assertThat(back.path("events").path(0).path("offset").asLong()).isEqualTo(25);
    }

    @Test
    void aPositionAboveTheNewestEventIsUnrecoverable() {
        api.post("format=eve", lines(0, 3));
        String token = api.token(Role.VIEWER);
        Reply above = api.get("/api/events?channel=network&offset=4", token);
        Reply at = api.get("/api/events?channel=network&offset=3", token);
        Reply backwards = api.get("/api/events?channel=network&offset=4&reverse=true", token);

        assertThat(above.status()).isEqualTo(410);
        assertThat(above.json().path("code").asInt()).isEqualTo(112);
        assertThat(above.json().path("tail").asLong()).isEqualTo(3);
        assertThat(above.json().path("detail").asText()).contains("4", "3");
        assertThat(at.json().path("events").size()).isZero();
        assertThat(at.json().path("next").asLong()).isEqualTo(3);
        assertThat(backwards.json().path("events").size()).isEqualTo(3);
        assertThat(api.get("/api/events?channel=no-such&offset=4", token).status()).isEqualTo(404);
    }

    @Test
    void aFilterNarrowsAndABadOneIsNamedWithItsColumn() {
        api.post("format=eve", lines(0, 25));
        String token = api.token(Role.VIEWER);
        JsonNode page =
                api.get(
                                "/api/events?channel=network&since=-1h&filter="
                                        + Api.encoded("flow.id in (3, 7)"),
                                token)
                        .json();
        Reply bad = api.get("/api/events?channel=network&filter=" + Api.encoded("a = "), token);

        assertThat(page.path("events").size()).isEqualTo(2);
        assertThat(page.path("next").asLong()).isEqualTo(25);
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.json().path("column").asInt()).isEqualTo(5);
        assertThat(bad.json().path("code").asInt()).isEqualTo(120);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?channel=",
                "?channel=A",
                "?channel=network&limit=0",
                "?channel=network&limit=1001",
                "?channel=network&limit=x",
                "?channel=network&offset=-1",
                "?channel=network&since=soon",
                "?channel=network&reverse=maybe",
                "?channel=network&format=xml",
                "?channel=network&format=csv&fields=a,,b"
            })
    void aWrongParameterIsABadRequest(String query) {
        assertThat(api.get("/api/events" + query, api.token(Role.VIEWER)).status()).isEqualTo(400);
    }

    @Test
    void channelsThatMayNotBeReadAreForbiddenAndUnknownOnesNotFound() {
        assertThat(api.get("/api/events?channel=audit", api.token(Role.VIEWER)).status())
                .isEqualTo(403);
        assertThat(api.get("/api/events?channel=network", api.token(Role.SENSOR)).status())
                .isEqualTo(403);
        assertThat(
                        api.get("/api/events?channel=alerts", api.token(Role.VIEWER, "network"))
                                .status())
                .isEqualTo(403);
        assertThat(api.get("/api/events?channel=no-such", api.token(Role.VIEWER)).status())
                .isEqualTo(404);
    }

    @Test
    void sensorsAndTheirDropsAreTold() {
        String stats =
                "{\"timestamp\":\"2026-06-01T12:00:%02d.000000+0000\",\"event_type\":\"stats\",\"host\":\"edge\","
                        + "\"stats\":{\"capture\":{\"kernel_packets\":%d,\"kernel_drops\":%d}}}\n";
        api.post("format=eve", stats.formatted(0, 1000, 0) + stats.formatted(8, 2000, 250));
        JsonNode sensor =
                api.get("/api/sensors", api.token(Role.VIEWER)).json().path("sensors").path(0);

        assertThat(sensor.path("name").asText()).isEqualTo("edge");
        assertThat(sensor.path("state").asText()).isEqualTo("reporting");
        assertThat(sensor.path("kernelDrops").asInt()).isEqualTo(250);
        assertThat(sensor.path("dropPercent").asDouble()).isEqualTo(25);
        assertThat(api.get("/api/sources", api.token(Role.VIEWER)).status()).isEqualTo(403);
    }
}
