package io.netsentinel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Commands and what becomes of them.
final class CommandsTest {
    private final Fixture fixture = new Fixture();

    @AfterEach
    void end() {
        fixture.close();
    }

    private FakePeer connected() {
        fixture.client().start();
        FakePeer peer = fixture.server.next();
        peer.welcome();
        return peer;
    }

    private static ObjectNode data(int n) {
        return JsonNodeFactory.instance.objectNode().put("n", n);
    }

    private static void published(FakePeer peer, ObjectNode publish, long offset) {
        peer.say(
                "{'type':'published','id':%d,'channel':'lab','offset':%d,'epoch':'e1'}"
                        .formatted(publish.path("id").asLong(), offset));
    }

    @Test
    void publishingCompletesWithThePlace() {
        FakePeer peer = connected();
        CompletableFuture<Published> published =
                fixture.client()
                        .publish(
                                PublishRequest.of("lab", data(1))
                                        .key("k")
                                        .ttl(Duration.ofMillis(1_500))
                                        .priority(2));
        ObjectNode publish = peer.next("publish");
        assertThat(publish.path("key").asText()).isEqualTo("k");
        assertThat(publish.path("ttl").asDouble()).isEqualTo(1.5);
        assertThat(publish.path("priority").asInt()).isEqualTo(2);
        published(peer, publish, 7);
        assertThat(published.join()).isEqualTo(new Published("lab", new Position(7, "e1"), false));
    }

    @Test
    void whatWasNotAnsweredIsPublishedAgainUnderItsKeyAndInOrder() {
        FakePeer first = connected();
        List<CompletableFuture<Published>> all =
                IntStream.range(0, 3)
                        .mapToObj(n -> fixture.client().publish("lab", data(n)))
                        .toList();
        List<ObjectNode> sent = IntStream.range(0, 3).mapToObj(_ -> first.next("publish")).toList();
        published(first, sent.getFirst(), 1);
        all.getFirst().join();
        first.abort();
        FakePeer second = fixture.server.next();
        second.welcome();
        for (int n = 1; n < 3; n++) {
            ObjectNode again = second.next("publish");
            assertThat(again.path("key")).isEqualTo(sent.get(n).path("key"));
            assertThat(again.path("data").path("n").asInt()).isEqualTo(n);
            published(second, again, n + 1L);
        }
        assertThat(all.get(2).join().position().offset()).isEqualTo(3);
        assertThat(second.count("publish")).isZero();
    }

    @Test
    void aTemporaryRefusalIsTriedAgainAndAnotherIsNot() {
        FakePeer peer = connected();
        CompletableFuture<Published> later = fixture.client().publish("lab", data(1));
        long id = peer.next("publish").path("id").asLong();
        peer.say(
                "{'type':'error','id':%d,'code':124,'message':'full','temporary':true,'retryMs':1}"
                        .formatted(id));
        published(peer, peer.next("publish"), 1);
        assertThat(later.join().position().offset()).isEqualTo(1);

        CompletableFuture<Published> never = fixture.client().publish("audit", data(1));
        id = peer.next("publish").path("id").asLong();
        peer.say(
                "{'type':'error','id':%d,'code':103,'message':'no','temporary':false,'field':'channel'}"
                        .formatted(id));
        assertThatThrownBy(never::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        NetSentinelException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(103);
                            assertThat(e.field()).isEqualTo("channel");
                            assertThat(e.temporary()).isFalse();
                        });
    }

    @Test
    void aCallUnderWayFailsWithTheConnectionAndOneThatWaitsDoesNot() {
        FakePeer first = connected();
        var under = fixture.client().call("alert.ack", data(1));
        first.next("call");
        first.abort();
        assertThatThrownBy(under::join).hasMessageContaining("the connection was lost");
        Wait.until("offline", () -> fixture.client().state() instanceof State.Offline);
        var waiting = fixture.client().call("alert.ack", data(2));
        FakePeer second = fixture.server.next();
        second.welcome();
        long id = second.next("call").path("id").asLong();
        second.say("{'type':'result','id':%d,'data':{'changed':1}}".formatted(id));
        assertThat(waiting.join().path("changed").asInt()).isEqualTo(1);
    }

    @Test
    void noAnswerInTimeIsAFailureThatSaysWhatToDo() {
        fixture.timeout = Duration.ofMillis(200);
        FakePeer peer = connected();
        CompletableFuture<Published> published = fixture.client().publish("lab", data(1));
        peer.next("publish");
        assertThatThrownBy(published::join)
                .hasMessageContaining("within 200 ms")
                .hasMessageContaining("repeat it with the same key");
    }

    @Test
    void closingFailsWhatIsUnansweredAndWhatComesAfter() {
        FakePeer peer = connected();
        CompletableFuture<Published> published = fixture.client().publish("lab", data(1));
        peer.next("publish");
        fixture.client().close();
        assertThatThrownBy(published::join).hasMessageContaining("the client is closed");
        assertThatThrownBy(fixture.client().publish("lab", data(2))::join)
                .hasMessageContaining("the client is closed");
    }

    @Test
    void commandsKeepToTheServersRate() {
        fixture.client().start();
        FakePeer peer = fixture.server.next();
        peer.welcome(",'limits':{'commandsPerSecond':20}");
        long begin = System.nanoTime();
        List<CompletableFuture<Published>> all =
                IntStream.range(0, 30)
                        .mapToObj(n -> fixture.client().publish("lab", data(n)))
                        .toList();
        for (int n = 0; n < 30; n++) {
            published(peer, peer.next("publish"), n);
        }
        all.forEach(CompletableFuture::join);
        // 20 at once, then one every 50 ms
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofMillis(450));
    }

    @Test
    void historyIsAPageWithItsGaps() {
        FakePeer peer = connected();
        var page = fixture.client().history(HistoryRequest.of("lab").limit(2).filter("a = 1"));
        ObjectNode history = peer.next("history");
        assertThat(history.path("offset").asLong()).isZero();
        assertThat(history.path("limit").asInt()).isEqualTo(2);
        peer.say(
                "{'type':'history','id':%d,'epoch':'e1','events':[{'offset':9,'time':5,'data':{'a':1}}],'gaps':[{'from':1,'to':8,'reason':'retention'}],'next':9}"
                        .formatted(history.path("id").asLong()));
        assertThat(page.join().events())
                .extracting(Event::offset, event -> event.time().toEpochMilli())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(9L, 5L));
        assertThat(page.join().gaps())
                .containsExactly(new Gap("lab", 1, new Position(8, "e1"), "retention"));
        assertThat(page.join().next()).isEqualTo(OptionalLong.of(9));
    }

    @Test
    void aRefusedSubscriptionHearsOfItAndATemporaryOneIsTriedAgain() {
        Recorder refused = new Recorder();
        Recorder busy = new Recorder();
        fixture.client().subscribe(SubscriptionRequest.of("audit"), refused);
        fixture.client().subscribe(SubscriptionRequest.of("alerts"), busy);
        fixture.client().start();
        FakePeer peer = fixture.server.next();
        long id = peer.next("connect").path("id").asLong();
        peer.say(
                "[{'type':'error','id':%d,'code':103,'message':'no','temporary':false,'field':'subs.audit'},{'type':'error','id':%d,'code':111,'message':'later','temporary':true,'retryMs':5,'field':'subs.alerts'},{'type':'connected','id':%d,'time':1}]"
                        .formatted(id, id, id));
        assertThat(peer.subscribe().path("sub").asText()).isEqualTo("alerts");
        peer.events(1, 1);
        busy.await(1);
        assertThat(refused.errors).extracting(NetSentinelException::code).containsExactly(103);
        assertThat(busy.errors).extracting(NetSentinelException::code).containsExactly(111);
        assertThat(fixture.errors).isEmpty();
    }

    @Test
    void acknowledgementsAreCumulativeAndToldAgainAfterABreak() {
        Recorder recorder = new Recorder();
        List<Event> events = new java.util.concurrent.CopyOnWriteArrayList<>();
        Subscription subscription =
                fixture.client()
                        .subscribe(
                                SubscriptionRequest.of("alerts").durable("desk-1"),
                                event -> {
                                    events.add(event);
                                    recorder.onEvent(event);
                                });
        FakePeer peer = connected();
        peer.events(1, 50);
        recorder.await(50);
        events.forEach(subscription::ack);
        long acks = 0;
        ObjectNode ack;
        do {
            ack = peer.next("ack");
            acks++;
        } while (ack.path("offset").asLong() < 50);
        assertThat(acks).isLessThan(10);
        assertThat(ack.toString())
                .isEqualTo(
                        "{\"type\":\"ack\",\"sub\":\"alerts\",\"channel\":\"alerts\",\"epoch\":\"e1\",\"offset\":50}");
        peer.abort();
        FakePeer next = fixture.server.next();
        assertThat(next.welcome().path("subs").path("alerts").path("durable").asText())
                .isEqualTo("desk-1");
        assertThat(next.next("ack").path("offset").asLong()).isEqualTo(50);
    }

    @Test
    void aDurableSubscriptionGoesOnBehindWhatIsAcknowledgedAndNothingComesTwice() {
        Recorder recorder = new Recorder();
        List<Event> events = new java.util.concurrent.CopyOnWriteArrayList<>();
        Subscription subscription =
                fixture.client()
                        .subscribe(
                                SubscriptionRequest.of("alerts").durable("desk-1"),
                                event -> {
                                    events.add(event);
                                    recorder.onEvent(event);
                                });
        FakePeer peer = connected();
        peer.events(1, 5);
        recorder.await(5);
        subscription.ack(events.get(1));
        assertThat(peer.next("ack").path("offset").asLong()).isEqualTo(2);
        peer.abort();
        FakePeer next = fixture.server.next();
        assertThat(next.welcome().path("subs").path("alerts").path("offset").asLong()).isEqualTo(2);
        subscription.ack(events.get(3));
        next.events(3, 6);
        recorder.await(6);
        long acknowledged = next.next("ack").path("offset").asLong();
        if (acknowledged == 2) { // what the lost connection may not have carried is said again
            acknowledged = next.next("ack").path("offset").asLong();
        }
        assertThat(acknowledged).isEqualTo(4);
        assertThat(events).extracting(Event::offset).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void directMessagesAreDeliveredAndAcknowledgedByNumber() {
        FakePeer peer = connected();
        peer.say(
                "{'type':'message','seq':7,'prev':6,'priority':3,'time':5,'expired':2,'data':{'to':'you'}}");
        Wait.until("a message", () -> !fixture.messages.isEmpty());
        DirectMessage message = fixture.messages.getFirst();
        assertThat(message.data().path("to").asText()).isEqualTo("you");
        assertThat(message.priority()).isEqualTo(3);
        assertThat(message.expired()).isEqualTo(2);
        assertThat(message.time().toEpochMilli()).isEqualTo(5);
        message.ack();
        assertThat(peer.next("ack").toString())
                .isEqualTo("{\"type\":\"ack\",\"channel\":\"inbox\",\"offset\":7}");
    }

    @Test
    void whatCannotBeAskedForIsRefusedAtOnce() {
        fixture.client().subscribe(SubscriptionRequest.of("alerts"), new Recorder());
        assertThatThrownBy(() ->
                        fixture.client()
                                .subscribe(SubscriptionRequest.of("alerts"), new Recorder()))
                .hasMessageContaining("\"alerts\"");
        assertThatThrownBy(() ->
                        fixture.client()
                                .subscribe(
                                        SubscriptionRequest.of("lab.*")
                                                .from(From.after(new Position(3, "e"))),
                                        new Recorder()))
                .hasMessageContaining("lab.*");
        assertThatThrownBy(() -> PublishRequest.of("lab", JsonNodeFactory.instance.textNode("x")))
                .hasMessageContaining("JSON object");
        fixture.client().start();
    }
}
