package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.integrations.Missed;
import io.netsentinel.integrations.Reading;
import io.netsentinel.integrations.bus.Inlet;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.queuing.Bookmark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.Jedis;

/// Listens to a channel. Nobody keeps what is published while nobody listens, so every break and
/// every stop is a gap, which is said as soon as it listens again.
final class ChannelReader implements ValkeyReader {
    private static final int BATCH = 1_000;
    private static final Duration WAIT = Duration.ofMillis(50);

    private final ValkeySource.Part part;
    private final byte[] key;
    private final boolean pattern;
    private Optional<Instant> heard = Optional.empty();
    private long number;

    ChannelReader(ValkeySource.Part part) {
        this.part = part;
        this.key = part.key().getBytes(UTF_8);
        this.pattern = part.key().contains("*");
    }

    @Override
    public boolean resumes() {
        return false;
    }

    @Override
    public void begin(Intake intake) {
        heard =
                Optional.ofNullable(intake.bookmarks().get(part.bookmark()))
                        .map(bytes -> Instant.parse(new String(bytes, UTF_8)));
    }

    @Override
    public void read(Jedis connection, Intake intake, Reading reading, Runnable works) {
        try (Subscription subscription = Subscription.start(connection, key, pattern)) {
            works.run();
            heard.ifPresent(since -> gap(intake, since));
            boolean more = true;
            while (more) {
                boolean stopping = intake.stopping();
                if (stopping) {
                    subscription.end();
                }
                List<byte[]> messages = subscription.take(BATCH, stopping ? Duration.ZERO : WAIT);
                for (byte[] message : messages) {
                    reading.read(message.length);
                    part.inlet().take(intake, Inlet.Message.plain(message, ++number, part.text()));
                }
                heard = Optional.of(subscription.heard());
                if (!commit(intake, stopping)) {
                    return;
                }
                if (messages.isEmpty() && !stopping) {
                    if (!intake.settle()) {
                        return;
                    }
                    subscription.check();
                }
                more = !stopping || !messages.isEmpty();
            }
            intake.settle();
        }
    }

    /// The time goes along with what is committed anyway, and at the end.
    private boolean commit(Intake intake, boolean stopping) {
        if (intake.pending() == 0 && !stopping) {
            return true;
        }
        String time = heard.orElse(Instant.EPOCH).toString();
        return intake.commit(List.of(new Bookmark(part.bookmark(), time.getBytes(UTF_8))));
    }

    private void gap(Intake intake, Instant since) {
        Missed.tell(
                intake,
                part.source(),
                OptionalLong.empty(),
                "nobody listened to channel %s from %s to %s: what was published in that time is lost"
                        .formatted(part.key(), since, Instant.now()));
    }
}
