package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.events.Channel;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubTest {
    private static final int MOST = 18;

    @TempDir Path directory;
    private Fixture at;

    @BeforeEach
    void open() {
        at = new Fixture(directory, HubSettings.defaults().withChannels(MOST));
    }

    @AfterEach
    void close() {
        at.close();
    }

    @Test
    void theBuiltInChannelsAreThereWithTheirPolicies() {
        assertThat(at.hub.channels())
                .extracting(ChannelInfo::name)
                .containsAll(Channel.builtIn())
                .isSorted();
        assertThat(at.hub.channel(Channel.AUDIT).orElseThrow().policy().retention())
                .isEqualTo(Duration.ofDays(365));
        assertThat(at.hub.channel(Channel.ALERTS).orElseThrow().policy().priority()).isEqualTo(2);
        assertThat(at.hub.channel("nowhere")).isEmpty();
    }

    @Test
    void aChannelIsCreatedOnDemandAndAnnouncedOnce() {
        List<String> announced = new ArrayList<>();
        try (var _ = at.hub.onChannel(announced::add)) {
            assertThat(at.hub.ensure("lab.one").tail()).isZero();
            at.hub.ensure("lab.one");
        }
        at.hub.ensure("lab.two");
        assertThat(announced).containsExactly("lab.one");
    }

    @Test
    void namesThatAreReservedOrMalformedAreRefused() {
        assertThatThrownBy(() -> at.hub.ensure("stats")).hasMessageContaining("reserved");
        assertThatThrownBy(() -> at.hub.ensure("Lab")).hasMessageContaining("a-z");
    }

    @Test
    void thereAreNoMoreChannelsThanTheLimit() {
        at.hub.ensure("lab.one");
        at.hub.ensure("lab.two");
        assertThatThrownBy(() -> at.hub.ensure("lab.three"))
                .isInstanceOf(ChannelLimitException.class)
                .hasMessageContaining("18");
        assertThat(at.hub.ensure("lab.two").name()).isEqualTo("lab.two");
    }

    @Test
    void publishingReturnsAfterTheCommit() {
        long offset = at.publish("{\"n\":1}");
        assertThat(at.log.read(Fixture.CHANNEL, offset - 1, 10, 1000).join().records()).hasSize(1);
    }

    @Test
    void publishingToAnUnknownChannelFails() {
        assertThat(publish(new Entry("nowhere", bytes("{}"), 1, 0)))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(UnknownChannelException.class);
    }

    @Test
    void publishingWhatIsNoObjectFails() {
        for (String payload : List.of("", "1", "[{}]", "{", "{}\n")) {
            assertThat(publish(new Entry(Fixture.CHANNEL, bytes(payload), 1, 0)))
                    .as(payload)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aChannelTheLogGotFromSomebodyElseIsFollowedToo() {
        at.log
                .append(
                        new Append(
                                List.of(new Entry("lab.direct", bytes("{}"), 1, 0)),
                                List.of(),
                                Optional.empty()))
                .join();
        at.hub.ensure("lab.direct");
        Follower follower = at.follow(SubscriptionRequest.to("lab.direct").from(Fixture.after(0)));
        assertThat(follower.until(1).client.offsets).containsExactly(1L);
    }

    @Test
    void aReaderThatFollowsGetsTheSameFromMemoryAndFromTheLog(@TempDir Path other) {
        try (Fixture lab = new Fixture(other)) {
            for (int i = 1; i <= 3; i++) {
                lab.publish("{\"n\":" + i + "}");
            }
            expectNext(lab, 1, 1_000, 2L, 3L);
            expectNext(lab, 1, 1, 2L);
            expectNext(lab, 3, 1_000);
        }
        try (Fixture lab = new Fixture(other)) {
            expectNext(lab, 1, 1_000, 2L, 3L);
            lab.publish("{\"n\":4}");
            expectNext(lab, 3, 1_000, 4L);
            expectNext(lab, 4, 1_000);
        }
    }

    private static void expectNext(Fixture lab, long after, int most, Long... offsets) {
        Stretch next = lab.hub.next(Fixture.CHANNEL, after, most, 1 << 20);
        assertThat(next.records()).extracting(LogRecord::offset).containsExactly(offsets);
        assertThat(next.reached()).isEqualTo(after + offsets.length);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> HubSettings.defaults().withHotBytes(1000))
                .hasMessageContaining("hotBytes");
        assertThatThrownBy(() -> HubSettings.defaults().withChannels(3))
                .hasMessageContaining("channels");
        assertThatThrownBy(() -> ChannelPolicy.defaults().withPriority(4))
                .hasMessageContaining("priority");
        assertThatThrownBy(() -> ChannelPolicy.defaults().withRetention(Duration.ZERO))
                .hasMessageContaining("retention");
        assertThatThrownBy(() -> new Where.Last(0)).hasMessageContaining("last");
        assertThatThrownBy(() -> Fixture.after(-1)).hasMessageContaining("negative");
    }

    private CompletableFuture<?> publish(Entry entry) {
        return at.hub.publish(new Append(List.of(entry), List.of(), Optional.empty()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
