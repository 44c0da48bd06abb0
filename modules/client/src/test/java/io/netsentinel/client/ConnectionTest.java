package io.netsentinel.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How connections end, and when the client comes back.
final class ConnectionTest {
    private final Fixture fixture = new Fixture();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void end() {
        fixture.close();
    }

    private FakePeer connected() {
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.events(1, 2);
        recorder.await(2);
        return peer;
    }

    @ParameterizedTest
    @ValueSource(ints = {4001, 4005, 4499, 1000, 1011})
    void itComesBackAfterTheseCodes(int code) {
        connected().close(code);
        assertThat(
                        fixture.server
                                .next()
                                .welcome()
                                .path("subs")
                                .path("alerts")
                                .path("offset")
                                .asLong())
                .isEqualTo(2);
        assertThat(fixture.states)
                .contains(new State.Offline(code, "", Duration.ofMillis(Backoff.LEAST)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4011, 4500, 4503, 4508, 4999})
    void itDoesNotComeBackAfterThese(int code) {
        connected().close(code);
        assertThat(fixture.awaitClosed()).isEqualTo(new State.Closed(code, ""));
        Wait.until("told", () -> fixture.states.getLast() instanceof State.Closed);
        assertThat(fixture.server.accepted()).isEqualTo(1);
    }

    @Test
    void whatTheServerSaidBeforeCountsMoreThanTheCloseCode() {
        FakePeer peer = connected();
        peer.say(
                "{'type':'disconnect','code':4508,'reason':'revoked','reconnect':false,'retry':[0,0]}");
        peer.close(1001);
        assertThat(fixture.awaitClosed()).isEqualTo(new State.Closed(4508, "revoked"));
    }

    @Test
    void theServerMaySayWhenToComeBack() {
        FakePeer peer = connected();
        peer.say(
                "{'type':'disconnect','code':4001,'reason':'drain','reconnect':true,'retry':[20,40]}");
        peer.close(4001);
        fixture.server.next().welcome();
        assertThat(fixture.states)
                .contains(new State.Offline(4001, "drain", Duration.ofMillis(20)));
    }

    @Test
    void pausesAreFullJitterThatGrowsToTwentySeconds() {
        Backoff longest = new Backoff(() -> 1);
        assertThat(java.util.stream.Stream.generate(longest::next).limit(8).map(Duration::toMillis))
                .containsExactly(
                        1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 20_000L, 20_000L, 20_000L);
        longest.reset();
        assertThat(longest.next()).isEqualTo(Duration.ofSeconds(1));
        Backoff shortest = new Backoff(() -> 0);
        assertThat(shortest.next()).isEqualTo(Duration.ofMillis(500));
        longest.ask(3_000, 5_000);
        assertThat(longest.next()).isEqualTo(Duration.ofSeconds(5));
        assertThat(longest.next()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aHalfClosedSocketIsALostConnection() {
        connected().halfClose();
        assertThat(
                        fixture.server
                                .next()
                                .welcome()
                                .path("subs")
                                .path("alerts")
                                .path("offset")
                                .asLong())
                .isEqualTo(2);
    }

    @Test
    void silenceIsALostConnection() {
        fixture.silence = Duration.ofMillis(300);
        FakePeer silent = connected();
        fixture.server.next().welcome();
        Wait.until("the old socket is gone", silent::gone);
        assertThat(fixture.states)
                .anyMatch(state -> state instanceof State.Offline off && off.code() == 4012);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[{'type':'ping'},null]", "{'no':'type'}", "{} {}"})
    void aFrameThatIsNoMessageEndsTheConnectionAndLosesNothing(String frame) {
        FakePeer peer = connected();
        peer.say(frame);
        FakePeer next = fixture.server.next();
        assertThat(next.welcome().path("subs").path("alerts").path("offset").asLong()).isEqualTo(2);
        next.events(3, 3);
        recorder.await(3);
        assertThat(recorder.events).containsExactly(1L, 2L, 3L);
        assertThat(fixture.states)
                .anyMatch(state -> state instanceof State.Offline off && off.code() == 1007);
    }

    @Test
    void aRefusedHandshakeEndsItWithTheStatus() {
        fixture.server.refuse("HTTP/1.1 403 Forbidden");
        fixture.follow(recorder);
        assertThat(fixture.awaitClosed().code()).isEqualTo(403);
    }

    @Test
    void aBusyServerIsTriedAgain() {
        fixture.server.refuse("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0");
        fixture.follow(recorder);
        Wait.until("two attempts", () -> fixture.server.accepted() > 1);
        fixture.server.refuse("");
        fixture.server.next().welcome();
        assertThat(fixture.states)
                .anyMatch(state -> state instanceof State.Offline off && off.code() == 503);
    }

    @Test
    void theTokenIsAskedAnewAtEachConnectAndBeforeItEnds() {
        AtomicInteger asked = new AtomicInteger();
        fixture.token = Optional.of(() -> "T" + asked.incrementAndGet());
        FakePeer first = connected();
        first.say("{'type':'expiring','ttl':60}");
        ObjectNode refresh = first.next("refresh");
        assertThat(refresh.path("token").asText()).isEqualTo("T2");
        first.say("{'type':'refreshed','id':%d,'exp':99}".formatted(refresh.path("id").asLong()));
        first.close(4005);
        assertThat(fixture.server.next().welcome().path("token").asText()).isEqualTo("T3");
        assertThat(fixture.errors).isEmpty();
    }

    @Test
    void aTokenThatCannotBeHadIsAnErrorAndIsTriedAgain() {
        AtomicInteger asked = new AtomicInteger();
        fixture.token =
                Optional.of(() -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("not now");
                    }
                    return "T";
                });
        fixture.follow(recorder);
        assertThat(fixture.server.next().welcome().path("token").asText()).isEqualTo("T");
        assertThat(fixture.errors).hasSize(1);
    }

    @Test
    void aRefusedTokenEndsItWithTheServersCode() {
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        long id = peer.next("connect").path("id").asLong();
        peer.say(
                "{'type':'error','id':%d,'code':101,'message':'bad token','temporary':false,'field':'token'}"
                        .formatted(id));
        peer.close(4500);
        assertThat(fixture.awaitClosed().code()).isEqualTo(4500);
        Wait.until("an error", () -> !fixture.errors.isEmpty());
        assertThat(fixture.errors.getFirst().code()).isEqualTo(101);
    }

    @Test
    void closingSaysGoodbyeAndCanBeRepeated() {
        FakePeer peer = connected();
        fixture.client().close();
        fixture.client().close();
        Wait.until("a close frame", () -> peer.closedWith() == 1000);
        assertThat(fixture.client().state())
                .isEqualTo(new State.Closed(1000, "closed by the client"));
        assertThat(fixture.server.accepted()).isEqualTo(1);
    }

    @Test
    void itMayBeClosedByItsOwnListener() {
        fixture.follow(event -> fixture.client().close());
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.events(1, 1);
        assertThat(fixture.awaitClosed().code()).isEqualTo(1000);
    }

    @Test
    void compressedFramesAndMessagePackAreUnderstood() throws Exception {
        fixture.compress = true;
        fixture.messagePack = true;
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        assertThat(peer.request()).contains("netsentinel.v1.msgpack");
        assertThat(peer.welcome().path("compress").toString()).isEqualTo("[\"gzip\"]");
        byte[] one = FakePeer.event("alerts", 1, 0).replace('\'', '"').getBytes(UTF_8);
        peer.sayBytes(MessagePack.write(Frames.binary(one).getFirst()));
        byte[] two = FakePeer.event("alerts", 2, 1).replace('\'', '"').getBytes(UTF_8);
        peer.sayBytes(gzip(two));
        byte[] three = FakePeer.event("alerts", 3, 2).replace('\'', '"').getBytes(UTF_8);
        peer.sayBytes(gzip(MessagePack.write(Frames.binary(three).getFirst())));
        recorder.await(3);
        assertThat(recorder.events).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aGzipThatGrowsBeyondTheLimitEndsTheConnection() throws Exception {
        FakePeer peer = connected();
        peer.sayBytes(gzip(new byte[Frames.MOST + 2]));
        fixture.server.next().welcome();
        assertThat(fixture.states)
                .anyMatch(state -> state instanceof State.Offline off && off.code() == 1007);
    }

    static byte[] gzip(byte[] plain) throws java.io.IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
