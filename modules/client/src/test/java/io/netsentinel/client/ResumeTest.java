package io.netsentinel.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What makes nothing be lost, and nothing come twice.
final class ResumeTest {
    private final Fixture fixture = new Fixture();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void connectingIsOneMessageWithIdentityAndSubscriptions() {
        fixture.token = Optional.of(() -> "T");
        fixture.client()
                .subscribe(
                        SubscriptionRequest.of("threats")
                                .named("feed")
                                .filter("severity >= high")
                                .from(From.after(new Position(7, "e1"))),
                        recorder);
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        ObjectNode connect = peer.welcome();
        assertThat(peer.request()).contains("netsentinel.v1.json").doesNotContain("Bearer");
        assertThat(connect.path("token").asText()).isEqualTo("T");
        assertThat(connect.path("client").asText()).isEqualTo("desk");
        assertThat(connect.path("subs").path("feed").toString())
                .isEqualTo(
                        "{\"channel\":\"threats\",\"filter\":\"severity >="
                                + " high\",\"offset\":7,\"epoch\":\"e1\"}");
        assertThat(connect.path("subs").path("alerts").toString())
                .isEqualTo("{\"channel\":\"alerts\",\"offset\":0}");
        Wait.until("connected", () -> fixture.client().state() instanceof State.Connected);
        assertThat(fixture.client().state()).isEqualTo(new State.Connected("s", "u"));
    }

    @Test
    void framesAndArraysAreDeliveredInOrderAndOnce() {
        Subscription subscription = fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.say(FakePeer.event("alerts", 1, 0));
        peer.events(2, 5);
        peer.events(4, 6);
        recorder.await(6);
        assertThat(recorder.events).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        Wait.until("it stands at 6", () -> stands(subscription, 6));
        assertThat(subscription.positions()).isEqualTo(Map.of("alerts", new Position(6, "e1")));
    }

    @Test
    void aHoleIsFetchedAndWhatCameMeanwhileIsNotTaken() {
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.say(FakePeer.event("alerts", 1, 0));
        peer.say(FakePeer.event("alerts", 4, 3));
        assertThat(peer.next("unsubscribe").path("sub").asText()).isEqualTo("alerts");
        peer.say(FakePeer.event("alerts", 5, 4));
        ObjectNode again = peer.subscribe();
        assertThat(again.path("offset").asLong()).isEqualTo(1);
        assertThat(again.path("epoch").asText()).isEqualTo("e1");
        peer.events(2, 6);
        recorder.await(6);
        assertThat(recorder.events).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aPrevBelowThePositionIsNoHole() {
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.say(FakePeer.event("alerts", 10, 0));
        peer.say(FakePeer.event("alerts", 15, 7));
        recorder.await(2);
        assertThat(peer.count("subscribe")).isZero();
    }

    @Test
    void theLossOfTheLastEventShowsAtThePing() {
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.events(1, 2);
        peer.say("{'type':'ping','time':77,'pos':{'alerts':{'alerts':[3,3]}}}");
        assertThat(peer.subscribe().path("offset").asLong()).isEqualTo(2);
        assertThat(peer.next("pong").path("time").asLong()).isEqualTo(77);
        peer.events(3, 3);
        recorder.await(3);
        assertThat(recorder.events).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aPingMovesARareFilterForward() {
        Subscription subscription = fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.events(1, 1);
        peer.say("{'type':'ping','time':1,'pos':{'alerts':{'alerts':[1,900]}}}");
        Wait.until("moved", () -> stands(subscription, 900));
        peer.abort();
        assertThat(subs(fixture.server.next().welcome()).path("offset").asLong()).isEqualTo(900);
    }

    @Test
    void gapsAreDeliveredAndASwallowedOneIsAHole() {
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.say("{'type':'gap','channel':'alerts','from':1,'to':20,'reason':'retention'}");
        peer.say(FakePeer.event("alerts", 21, 20));
        // the gap 22 to 30 is swallowed
        peer.say(FakePeer.event("alerts", 31, 30));
        assertThat(peer.subscribe().path("offset").asLong()).isEqualTo(21);
        peer.say("{'type':'gap','channel':'alerts','from':22,'to':30,'reason':'expired'}");
        peer.say(FakePeer.event("alerts", 31, 30));
        recorder.await(2);
        assertThat(recorder.events).containsExactly(21L, 31L);
        assertThat(recorder.gaps)
                .containsExactly(
                        new Gap("alerts", 1, new Position(20, "e1"), "retention"),
                        new Gap("alerts", 22, new Position(30, "e1"), "expired"));
    }

    @Test
    void afterABreakItGoesOnFromWhereItWas() {
        fixture.follow(recorder);
        FakePeer first = fixture.server.next();
        first.welcome();
        first.events(1, 3);
        recorder.await(3);
        first.abort();
        FakePeer second = fixture.server.next();
        assertThat(subs(second.welcome()).toString())
                .isEqualTo("{\"channel\":\"alerts\",\"offset\":3,\"epoch\":\"e1\"}");
        second.events(4, 5);
        recorder.await(5);
        assertThat(recorder.events).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(recorder.resets).isEmpty();
    }

    @Test
    void aNewEpochIsToldWithThePositionThatWasLost() {
        fixture.follow(recorder);
        FakePeer first = fixture.server.next();
        first.welcome();
        first.events(1, 3);
        recorder.await(3);
        first.abort();
        FakePeer second = fixture.server.next();
        long id = second.next("connect").path("id").asLong();
        second.say(
                "[{'type':'subscribed','id':%d,'channel':'alerts','epoch':'e2','start':100,'tail':101,'first':101,'recovered':false,'reason':'epoch'},{'type':'connected','id':%d,'time':1}]"
                        .formatted(id, id));
        second.say(FakePeer.event("alerts", 101, 100));
        recorder.await(4);
        assertThat(recorder.resets)
                .containsExactly(
                        new Reset(
                                "alerts",
                                Optional.of(new Position(3, "e1")),
                                Optional.of(new Position(100, "e2")),
                                "epoch"));
        second.abort();
        assertThat(subs(fixture.server.next().welcome()).toString())
                .isEqualTo("{\"channel\":\"alerts\",\"offset\":101,\"epoch\":\"e2\"}");
    }

    @Test
    void aPatternHasAPositionForEachChannelAndALostBeginningIsAHole() {
        fixture.client().subscribe(SubscriptionRequest.of("lab.*"), recorder);
        fixture.client().start();
        FakePeer peer = fixture.server.next();
        ObjectNode connect = peer.welcome();
        long id = connect.path("id").asLong();
        assertThat(connect.path("subs").path("lab.*").has("positions")).isFalse();
        peer.say("{'type':'subscribed','id':%d,'sub':'lab.*','channels':0}".formatted(id));
        peer.say(started("lab.a", 0));
        peer.say(labelled("lab.a", 1, 0));
        peer.say(labelled("lab.b", 6, 5)); // its beginning never came
        ObjectNode again = peer.next("subscribe");
        assertThat(again.path("positions").toString()).isEqualTo("{\"lab.a\":[1,\"e1\"]}");
        peer.say(
                "{'type':'subscribed','id':%d,'sub':'lab.*','channel':'lab.a','epoch':'e1','start':1,'tail':1,'first':1,'recovered':true,'channels':2}"
                        .formatted(again.path("id").asLong()));
        peer.say(started("lab.b", 0));
        peer.say(labelled("lab.b", 5, 0));
        peer.say(labelled("lab.b", 6, 5));
        recorder.await(3);
        assertThat(recorder.events).containsExactly(1L, 5L, 6L);
    }

    @Test
    void aPatternWithoutAChannelMissesNoneThatIsBornWhileItIsAway() {
        fixture.client().subscribe(SubscriptionRequest.of("lab.*"), recorder);
        fixture.client().start();
        FakePeer first = fixture.server.next();
        long id = first.welcome().path("id").asLong();
        first.say("{'type':'subscribed','id':%d,'sub':'lab.*','channels':0}".formatted(id));
        first.say("{'type':'ping','time':1,'pos':{}}");
        first.next("pong");
        first.abort();
        ObjectNode connect = fixture.server.next().welcome();
        assertThat(connect.path("subs").path("lab.*").path("positions").toString()).isEqualTo("{}");
    }

    @Test
    void aChannelThatMayNotBeReadAnyMoreIsToldAndForgotten() {
        Subscription subscription =
                fixture.client()
                        .subscribe(
                                SubscriptionRequest.of("lab.*")
                                        .from(
                                                From.positions(
                                                        Map.of("lab.a", new Position(3, "e1")))),
                                recorder);
        fixture.client().start();
        FakePeer peer = fixture.server.next();
        long id = peer.welcome().path("id").asLong();
        peer.say(
                "{'type':'subscribed','id':%d,'sub':'lab.*','channel':'lab.a','recovered':false,'reason':'denied'}"
                        .formatted(id));
        Wait.until("a reset", () -> !recorder.resets.isEmpty());
        assertThat(recorder.resets)
                .containsExactly(
                        new Reset(
                                "lab.a",
                                Optional.of(new Position(3, "e1")),
                                Optional.empty(),
                                "denied"));
        assertThat(subscription.positions()).isEmpty();
    }

    @Test
    void aSlowListenerStopsOnlyItselfAndMissesNothing() {
        fixture.queue = 16;
        GatedListener slow = new GatedListener();
        fixture.client().subscribe(SubscriptionRequest.of("logs").from(From.oldest()), slow);
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        peer.welcome();
        LongStream.rangeClosed(1, 100).forEach(n -> peer.say(FakePeer.event("logs", n, n - 1)));
        assertThat(peer.next("unsubscribe").path("sub").asText()).isEqualTo("logs");
        peer.events(1, 50);
        recorder.await(50);
        peer.ping();
        Wait.until("a pong", () -> peer.pongs() > 0);
        assertThat(slow.events).hasSizeLessThan(2);

        slow.open();
        ObjectNode again = peer.subscribe();
        long have = again.path("offset").asLong();
        assertThat(have).isBetween(16L, 18L);
        LongStream.rangeClosed(have + 1, 30)
                .forEach(n -> peer.say(FakePeer.event("logs", n, n - 1)));
        Wait.until("all", () -> slow.events.size() == 30);
        assertThat(slow.events)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
    }

    @Test
    void aListenerThatFailsDoesNotEndTheSubscription() {
        Recorder failing = new Recorder();
        fixture.follow(event -> {
            failing.onEvent(event);
            throw new IllegalStateException("the listener of a test fails");
        });
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.events(1, 2);
        failing.await(2);
        assertThat(failing.events).containsExactly(1L, 2L);
    }

    @Test
    void aClosedSubscriptionIsToldToTheServerAndItsNameIsFree() {
        Subscription subscription = fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        peer.welcome();
        peer.events(1, 1);
        recorder.await(1);
        subscription.close();
        assertThat(peer.next("unsubscribe").path("sub").asText()).isEqualTo("alerts");
        Recorder other = new Recorder();
        fixture.client().subscribe(SubscriptionRequest.of("alerts"), other);
        peer.events(2, 2); // of before
        ObjectNode again = peer.subscribe();
        assertThat(again.has("offset")).isFalse();
        peer.say(FakePeer.event("alerts", 9, 0));
        other.await(1);
        assertThat(other.events).containsExactly(9L);
        assertThat(recorder.events).containsExactly(1L);
    }

    private static com.fasterxml.jackson.databind.JsonNode subs(ObjectNode connect) {
        return connect.path("subs").path("alerts");
    }

    private static boolean stands(Subscription subscription, long offset) {
        return subscription.positions().equals(Map.of("alerts", new Position(offset, "e1")));
    }

    private static String started(String channel, long start) {
        return "{'type':'subscribed','sub':'lab.*','channel':'%s','epoch':'e1','start':%d,'tail':0,'first':1}"
                .formatted(channel, start);
    }

    private static String labelled(String channel, long offset, long prev) {
        return FakePeer.event(channel, offset, prev).replace("'type'", "'sub':'lab.*','type'");
    }
}
