package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubscriptionTest {
    @TempDir Path directory;
    private Fixture at;

    @BeforeEach
    void open() {
        at = new Fixture(directory);
    }

    @AfterEach
    void close() {
        at.close();
    }

    @Test
    void anEventIsTheStoredBytesInAnEnvelope() {
        Follower follower = at.follow(new Where.Tail());
        long offset = at.publish("{\"a\" : 1.0, \"ü\":\"\\u00fc\"}");
        follower.until(offset);
        assertThat(follower.frames())
                .singleElement()
                .asString()
                .matches(
                        "\\{\"type\":\"event\",\"channel\":\"lab\",\"offset\":1,\"prev\":0,"
                                + "\"time\":\\d{13},\"data\":\\{\"a\" : 1.0, \"ü\":\"\\\\u00fc\"}}");
    }

    @Test
    void aNamedSubscriptionAndAnUnusualPriorityStandInTheEvent() {
        Follower follower = at.follow(SubscriptionRequest.to(Fixture.CHANNEL).named("desk"));
        at.publish(Fixture.entry("{}", 3, 0));
        follower.until(1);
        assertThat(follower.frames().getFirst())
                .startsWith("{\"type\":\"event\",\"sub\":\"desk\",\"channel\":\"lab\",")
                .contains("\"priority\":3,\"data\":{}}");
    }

    @Test
    void fromTheTailOnlyNewEventsCome() {
        at.numbers(1, 5);
        Follower follower = at.follow(new Where.Tail());
        assertThat(follower.subscription.start().offset()).isEqualTo(5);
        at.numbers(6, 8);
        assertThat(follower.until(8).client.offsets).containsExactly(6L, 7L, 8L);
    }

    @Test
    void eventsOfOneCommitComeAsOneArray() {
        Follower follower = at.follow(new Where.Tail());
        at.numbers(1, 20);
        follower.until(20);
        assertThat(follower.frames()).singleElement().asString().startsWith("[{").endsWith("}]");
        assertThat(follower.client.offsets).hasSize(20);
    }

    @Test
    void aPositionOfThisEpochIsRecovered() {
        at.numbers(1, 10);
        String epoch = at.hub.channel(Fixture.CHANNEL).orElseThrow().epoch();
        Follower follower = at.follow(new Where.After(4, Optional.of(epoch)));
        assertThat(follower.subscription.start().recovery()).isEqualTo(Start.Recovery.RECOVERED);
        assertThat(follower.until(10).client.offsets)
                .containsExactlyElementsOf(LongStream.rangeClosed(5, 10).boxed().toList());
    }

    @Test
    void aPositionOfAnUnknownEpochStartsAtTheOldestKeptEvent() {
        at.numbers(1, 10);
        Follower follower = at.follow(new Where.After(4, Optional.of("zzzzzzzz")));
        assertThat(follower.subscription.start().recovery()).isEqualTo(Start.Recovery.EPOCH);
        assertThat(follower.until(10).client.offsets).hasSize(10);
    }

    @Test
    void aPositionAboveTheTailIsUnrecoverable() {
        at.numbers(1, 3);
        assertThat(at.follow(Fixture.after(4)).subscription.start().recovery())
                .isEqualTo(Start.Recovery.EPOCH);
    }

    @Test
    void zeroWithoutAnEpochMeansTheOldestKeptEvent() {
        at.numbers(1, 3);
        Follower follower = at.follow(Fixture.after(0));
        assertThat(follower.subscription.start().recovery()).isEqualTo(Start.Recovery.NONE);
        assertThat(follower.until(3).client.offsets).hasSize(3);
    }

    @Test
    void sinceATimeStartsWithTheFirstEventCommittedThen() {
        at.numbers(1, 3);
        long time = at.log.read(Fixture.CHANNEL, 2, 1, 1000).join().records().getFirst().time();
        Follower follower = at.follow(new Where.Since(java.time.Instant.ofEpochMilli(time)));
        assertThat(follower.until(3).client.offsets).contains(3L);
        Follower later = at.follow(new Where.Since(java.time.Instant.ofEpochMilli(time + 1)));
        assertThat(later.subscription.start().offset()).isEqualTo(3);
    }

    @Test
    void theLastEventsAreCountedAfterTheFilter() {
        at.numbers(1, 100);
        Follower plain = at.follow(new Where.Last(3));
        assertThat(plain.until(100).client.offsets).containsExactly(98L, 99L, 100L);
        Follower filtered =
                at.follow(
                        SubscriptionRequest.to(Fixture.CHANNEL)
                                .from(new Where.Last(3))
                                .filtered(Fixture.filter("n in (10, 20, 30, 40)")));
        assertThat(filtered.until(100).client.offsets).containsExactly(20L, 30L, 40L);
    }

    @Test
    void whatAFilterAndThePermittedRowsBothLetThroughIsDelivered() {
        Follower follower =
                at.follow(
                        SubscriptionRequest.to(Fixture.CHANNEL)
                                .filtered(Fixture.filter("n > 5"))
                                .restricted(Fixture.filter("n < 8")));
        at.numbers(1, 10);
        assertThat(follower.until(10).client.offsets).containsExactly(6L, 7L);
    }

    @Test
    void aFrameDoesNotPassTheRoomGiven() {
        at.numbers(1, 50);
        Follower follower = at.follow(Fixture.after(0));
        follower.room = 300;
        follower.until(50);
        assertThat(follower.client.offsets).hasSize(50);
        assertThat(follower.frames()).allMatch(frame -> frame.length() <= 300);
        assertThat(at.follow(Fixture.after(0)).subscription.next(20)).isEqualTo(Step.Pause.FULL);
    }

    @Test
    void whatIsNotInMemoryIsReadFromTheLogAndWakes() {
        at.numbers(1, 2000);
        at.close();
        at = new Fixture(directory);
        Follower follower = at.follow(Fixture.after(700));
        assertThat(follower.drain()).isEqualTo(Step.Pause.LOADING);
        assertThat(follower.until(2000).client.offsets).hasSize(1300);
    }

    @Test
    void aClosedSubscriptionGivesNothingAndIsNotCounted() {
        Follower follower = at.follow(new Where.Tail());
        assertThat(at.hub.channel(Fixture.CHANNEL).orElseThrow().subscribers()).isEqualTo(1);
        follower.close();
        follower.close();
        at.numbers(1, 1);
        assertThat(follower.drain()).isEqualTo(Step.Pause.CLOSED);
        assertThat(at.hub.channel(Fixture.CHANNEL).orElseThrow().subscribers()).isZero();
    }

    @Test
    void unknownChannelsAndFormatsAreRefused() {
        assertThatThrownBy(() -> at.follow(SubscriptionRequest.to("nowhere")))
                .isInstanceOf(UnknownChannelException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> at.follow(SubscriptionRequest.to(Fixture.CHANNEL).as("html:x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("html:x");
        assertThat(List.of(at.hub.supports("json"), at.hub.supports("html:x")))
                .containsExactly(true, false);
    }
}
