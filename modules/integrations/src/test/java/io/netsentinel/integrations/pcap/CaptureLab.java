package io.netsentinel.integrations.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.integrations.LineLab;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Routed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Reads capture files from memory and keeps what becomes of them.
final class CaptureLab implements CaptureSink {
    final List<Event> packets = new ArrayList<>();
    final List<Event> flows = new ArrayList<>();
    final List<String> damages = new ArrayList<>();
    final Capture capture;
    long told;
    private long stopAfter = Long.MAX_VALUE;

    CaptureLab() {
        this(Capture.MOST_FLOWS);
    }

    CaptureLab(int mostFlows) {
        capture = new Capture("lab.pcap", true, mostFlows, new AddressTexts(), this);
        capture.begin(0, 0);
    }

    static CaptureLab of(CaptureFile file) {
        return of(file.bytes());
    }

    static CaptureLab of(byte[] bytes) {
        CaptureLab lab = new CaptureLab();
        lab.feed(bytes);
        lab.capture.end();
        return lab;
    }

    /// Takes no more than so many packets.
    CaptureLab stopAfter(long count) {
        stopAfter = count;
        return this;
    }

    void feed(byte[] file) {
        feed(file, new Random(0), Capture.PIECE);
    }

    /// Feeds it in pieces of random sizes.
    void feed(byte[] file, Random random, int mostPiece) {
        long before = -1;
        long shown = 0;
        while (capture.position() < file.length && shown < file.length && stopAfter > 0) {
            int from = (int) capture.position();
            int size = mostPiece == Capture.PIECE ? mostPiece : 1 + random.nextInt(mostPiece);
            shown = Math.min(file.length, Math.max(shown, from) + (long) size);
            capture.feed(Arrays.copyOfRange(file, from, (int) shown), (int) shown - from);
            assertThat(capture.position()).isGreaterThanOrEqualTo(before);
            before = capture.position();
        }
    }

    @Override
    public LineContext context() {
        return LineLab.CONTEXT;
    }

    @Override
    public void event(Routed routed) {
        Event event = routed.event();
        boolean packet = routed.channels().equals(List.of("packets"));
        assertThat(routed.channels()).isEqualTo(List.of(packet ? "packets" : "network"));
        assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
        (packet ? packets : flows).add(event);
    }

    @Override
    public void damaged(String reason, long number) {
        damages.add(number + ": " + reason);
    }

    @Override
    public boolean took(long end) {
        told = end;
        stopAfter--;
        return stopAfter > 0;
    }

    /// Everything but what is different each time.
    static List<String> texts(List<Event> events) {
        return events.stream()
                .map(event -> event.toBuilder().put("id", "x").build().toString() + json(event))
                .toList();
    }

    private static String json(Event event) {
        return new String(
                event.toBuilder().put("id", "x").build().toJson(),
                java.nio.charset.StandardCharsets.UTF_8);
    }
}
