package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Projection;
import io.netsentinel.queuing.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FormatsTest {
    private static final Shape PACKED = Shape.plain().in(Encoding.MSGPACK);

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

    private Follower follow(Shape shape) {
        return at.follow(
                SubscriptionRequest.to(Fixture.CHANNEL).from(Fixture.after(0)).shaped(shape));
    }

    private static List<Step.Events> events(Follower follower) {
        return follower.steps.stream()
                .filter(Step.Events.class::isInstance)
                .map(Step.Events.class::cast)
                .toList();
    }

    @Test
    void messagePackSaysTheSameInFewerBytes() {
        at.publish(Fixture.entry("{\"n\":1,\"a\":{\"b\":[1.5,null,\"\u00fc\"]}}", 1, 0));
        at.publish(Fixture.entry("{\"n\":2}", 3, 0));
        at.numbers(3, 40);
        Follower json = follow(Shape.plain());
        Follower packed = follow(PACKED);
        json.until(40);
        packed.until(40);
        assertThat(String.join("", packed.frames())).isEqualTo(String.join("", json.frames()));
        assertThat(events(packed)).allMatch(one -> one.frame().binary());
        assertThat(bytes(packed)).isLessThan(bytes(json) * 8 / 10);
    }

    private static int bytes(Follower follower) {
        return events(follower).stream().mapToInt(one -> one.bytes().length).sum();
    }

    @Test
    void aNamedSubscriptionIsNamedInMessagePackToo() {
        Follower packed =
                at.follow(
                        SubscriptionRequest.to(Fixture.CHANNEL)
                                .named("desk")
                                .shaped(PACKED)
                                .from(Fixture.after(0)));
        at.publish(Fixture.entry("{}", 0, 0));
        packed.until(1);
        assertThat(packed.frames().getFirst())
                .startsWith(
                        "{\"type\":\"event\",\"sub\":\"desk\",\"channel\":\"lab\",\"offset\":1,")
                .contains("\"prev\":0,")
                .endsWith("\"priority\":0,\"data\":{}}");
    }

    /// Parts of frames, and elements whose `prev` is another, are cut out of the bytes of all.
    @ParameterizedTest
    @EnumSource(Encoding.class)
    void framesOfEverySizeAreCutRight(Encoding encoding) {
        Random random = new Random(5);
        Follower holder = follow(Shape.plain().in(encoding));
        for (int i = 1; i <= 300; i++) {
            at.publish(Fixture.entry("{\"n\":" + i + "}", random.nextInt(4), i % 9 == 0 ? 50 : 0));
        }
        at.now.addAndGet(1_000_000);
        Follower small = follow(Shape.plain().in(encoding));
        Step step = Step.Pause.FULL;
        while (step != Step.Pause.IDLE) {
            small.room = 130 + random.nextInt(1_000);
            step = small.drain();
        }
        holder.until(300);
        assertThat(small.client.offsets).hasSize(300 - 33);
        assertThat(small.client.gaps).hasSize(33);
        assertThat(small.client.offsets).isEqualTo(holder.client.offsets);
        assertThat(events(small)).hasSizeGreaterThan(events(holder).size());
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void largeFramesAreCompressedOnceForAll(Encoding encoding) {
        Shape shape = Shape.plain().in(encoding).compressed(Compression.GZIP);
        Follower plain = follow(Shape.plain().in(encoding));
        Follower one = follow(shape);
        Follower two = follow(shape);
        at.numbers(1, 100);
        plain.until(100);
        one.until(100);
        two.until(100);
        assertThat(one.frames()).isEqualTo(plain.frames());
        for (int i = 0; i < events(one).size(); i++) {
            Frame frame = events(one).get(i).frame();
            assertThat(frame.binary()).isTrue();
            assertThat(frame.bytes()).startsWith(0x1F, 0x8B);
            assertThat(frame.bytes()).isSameAs(events(two).get(i).bytes());
        }
        assertThat(bytes(one)).isLessThan(bytes(plain) / 4);
        assertThat(at.hub.statistics().views()).isEqualTo(1);
    }

    @Test
    void textOnlyClientsGetTheSameInBase64() {
        Follower plain = follow(Shape.plain());
        Follower text = follow(Shape.plain().compressed(Compression.GZIP_BASE64));
        at.numbers(1, 100);
        plain.until(100);
        text.until(100);
        assertThat(text.frames()).isEqualTo(plain.frames());
        assertThat(events(text)).noneMatch(one -> one.frame().binary());
        assertThat(bytes(text)).isLessThan(bytes(plain) / 3);
    }

    private static byte[] plain(Step.Events events) {
        return Frames.json(events.frame()).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void smallFramesAndThoseThatWouldGrowAreSentAsTheyAre() {
        byte[] noise = new byte[900];
        new Random(1).nextBytes(noise);
        String random = java.util.Base64.getEncoder().encodeToString(noise);
        for (Compression how : Compression.values()) {
            Follower follower = follow(Shape.plain().compressed(how));
            long offset = at.publish("{\"n\":1}");
            follower.until(offset);
            assertThat(events(follower))
                    .isNotEmpty()
                    .allMatch(one -> Arrays.equals(one.bytes(), plain(one)));
        }
        long offset = at.publish("{\"x\":\"" + random + "\"}");
        Follower follower =
                at.follow(
                        SubscriptionRequest.to(Fixture.CHANNEL)
                                .from(Fixture.after(offset - 1))
                                .shaped(Shape.plain().compressed(Compression.GZIP_BASE64)));
        follower.until(offset);
        assertThat(bytes(follower)).isGreaterThan(Compression.THRESHOLD);
        assertThat(events(follower)).allMatch(one -> Arrays.equals(one.bytes(), plain(one)));
    }

    @Test
    void aCompressedFrameWaitsForRoom() {
        Follower follower = follow(Shape.plain().compressed(Compression.GZIP));
        follow(Shape.plain());
        at.numbers(1, 200);
        follower.woken();
        follower.room = 300;
        assertThat(follower.drain()).isEqualTo(Step.Pause.FULL);
        assertThat(follower.client.offsets).isEmpty();
        follower.room = Integer.MAX_VALUE;
        follower.until(200);
        assertThat(follower.client.offsets).hasSize(200);
        assertThat(events(follower).getFirst().bytes()).startsWith(0x1F, 0x8B);
    }

    @Test
    void whatIsKeptCompressedCountsAsMemory() {
        Follower plain = follow(Shape.plain());
        Follower other = follow(Shape.plain());
        at.numbers(1, 100);
        plain.until(100);
        other.until(100);
        long before = at.hub.statistics().hotBytes();
        Follower gzip = follow(Shape.plain().compressed(Compression.GZIP));
        gzip.until(100);
        assertThat(at.hub.statistics().hotBytes()).isEqualTo(before + bytes(gzip));
        List.of(plain, other, gzip).forEach(Follower::close);
        at.numbers(1, 1);
        assertThat(at.hub.statistics().hotBytes()).isLessThan(before);
    }

    @Test
    void eachDeliveryIsCountedAndEachEncodingOnce() {
        List<Follower> plain = List.of(follow(Shape.plain()), follow(Shape.plain()));
        Shape small = Shape.plain().compressed(Compression.GZIP);
        List<Follower> gzip = List.of(follow(small), follow(small));
        at.numbers(1, 100);
        plain.forEach(one -> one.until(100));
        gzip.forEach(one -> one.until(100));
        HubStatistics seen = at.hub.statistics();
        assertThat(seen.delivered()).isEqualTo(400);
        assertThat(seen.encoded()).isEqualTo(at.hub.statistics().views() * 100L);
        assertThat(seen.frames()).isBetween(4L, 399L);
        assertThat(seen.compressedBytes()).isEqualTo(bytes(gzip.getFirst()));
        assertThat(seen.plainBytes()).isEqualTo(bytes(plain.getFirst()));
        assertThat(at.hub.channel(Fixture.CHANNEL).orElseThrow().delivered()).isEqualTo(400);
    }

    @Test
    void fieldsLeaveOnlyWhatIsAskedFor() {
        at.publish("{\"n\":1,\"source\":{\"ip\":\"10.0.0.1\",\"port\":5},\"x\":[1]}");
        at.publish("{\"y\":1}");
        Projection fields = Projection.of(List.of("source.ip", "n"));
        Follower json = follow(Shape.plain().withFields(fields));
        Follower packed = follow(PACKED.withFields(fields));
        json.until(2);
        packed.until(2);
        assertThat(json.frames().getFirst())
                .contains("\"data\":{\"n\":1,\"source\":{\"ip\":\"10.0.0.1\"}}}")
                .contains("\"data\":{}}");
        assertThat(packed.frames()).isEqualTo(json.frames());
    }

    @Test
    void theSameFieldsInAnotherOrderAreTheSameView() {
        follow(Shape.plain().withFields(Projection.of(List.of("a", "b"))));
        follow(Shape.plain().withFields(Projection.of(List.of("b", "a", "a.c"))));
        assertThat(at.hub.statistics().views()).isEqualTo(1);
        follow(Shape.plain().withFields(Projection.of(List.of("b"))));
        follow(PACKED);
        follow(Shape.plain().atMost(5));
        assertThat(at.hub.statistics().views()).isEqualTo(4);
    }

    @Test
    void anEventThatCannotBeEncodedIsNullInEveryEncoding() {
        List<Follower> all = new ArrayList<>();
        all.add(follow(PACKED));
        all.add(follow(Shape.plain().withFields(Projection.of(List.of("a.b")))));
        at.publish(new Entry(Fixture.CHANNEL, new byte[] {'{', '"', 'a', '"', '}'}, 1, 0));
        at.publish("{\"a\":{\"b\":1}}");
        for (Follower one : all) {
            one.until(2);
            assertThat(String.join("", one.frames()))
                    .contains("\"data\":null}")
                    .contains("\"data\":{\"a\":{\"b\":1}}}");
        }
    }
}
