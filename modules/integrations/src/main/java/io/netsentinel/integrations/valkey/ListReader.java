package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.events.Ulid;
import io.netsentinel.integrations.Reading;
import io.netsentinel.integrations.bus.Inlet;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.queuing.Bookmark;
import java.util.List;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;
import redis.clients.jedis.args.ListDirection;

/// Takes from a list, each entry once, whatever breaks. A batch is moved to a second list and
/// marked there by a token in one transaction; it is read from there, committed together with the
/// token as its bookmark, and only then taken out. What is found there at the beginning was
/// committed when its token is the bookmark, and else is read now.
final class ListReader implements ValkeyReader {
    private static final String TOKEN = "netsentinel-batch:";
    private static final int MOST_ENTRIES = 1_000;
    private static final long MOST_BYTES = 4L << 20;
    private static final double WAIT_SECONDS = 0.5;

    private final ValkeySource.Part part;
    private final byte[] key;
    private final byte[] taken;
    private final ListDirection oldest;
    private String committed = "";
    private long number;

    ListReader(ValkeySource.Part part, boolean left) {
        this.part = part;
        this.key = part.key().getBytes(UTF_8);
        this.taken = (part.key() + ":netsentinel:" + part.source()).getBytes(UTF_8);
        this.oldest = left ? ListDirection.LEFT : ListDirection.RIGHT;
    }

    @Override
    public void begin(Intake intake) {
        byte[] bookmark = intake.bookmarks().get(part.bookmark());
        committed = bookmark == null ? "" : new String(bookmark, UTF_8);
    }

    @Override
    public void read(Jedis connection, Intake intake, Reading reading, Runnable works) {
        if (!leftOver(connection, intake, reading)) {
            return;
        }
        while (!intake.stopping()) {
            long waiting = connection.llen(key);
            works.run();
            reading.waiting(waiting);
            if (waiting == 0
                    && connection.blmove(key, taken, oldest, ListDirection.RIGHT, WAIT_SECONDS)
                            == null) {
                continue;
            }
            String token = TOKEN + Ulid.next();
            List<byte[]> entries = move(connection, token, most(reading));
            if (!deliver(connection, intake, reading, token, entries)) {
                return;
            }
        }
    }

    /// Deals with what an earlier life has moved and not taken out.
    private boolean leftOver(Jedis connection, Intake intake, Reading reading) {
        byte[] first = connection.lindex(taken, 0);
        if (first == null) {
            return true;
        }
        String token = new String(first, UTF_8);
        if (token.startsWith(TOKEN) && token.equals(committed)) {
            connection.del(taken);
            return true;
        }
        if (token.startsWith(TOKEN)) {
            return deliver(connection, intake, reading, token, connection.lrange(taken, 1, -1));
        }
        // it ended between the wait and the transaction
        String late = TOKEN + Ulid.next();
        return deliver(connection, intake, reading, late, move(connection, late, 0));
    }

    private int most(Reading reading) {
        long average = Math.max(1, reading.average());
        return Math.clamp(MOST_BYTES / average, 1, MOST_ENTRIES);
    }

    /// Marks what was moved, moves more to it, and reads it all.
    private List<byte[]> move(Jedis connection, String token, int more) {
        try (AbstractTransaction transaction = connection.multi()) {
            transaction.lpush(taken, token.getBytes(UTF_8));
            for (int i = 0; i < more; i++) {
                transaction.lmove(key, taken, oldest, ListDirection.RIGHT);
            }
            Response<List<byte[]>> entries = transaction.lrange(taken, 1, -1);
            transaction.exec();
            return entries.get();
        }
    }

    private boolean deliver(
            Jedis connection, Intake intake, Reading reading, String token, List<byte[]> entries) {
        for (byte[] entry : entries) {
            reading.read(entry.length);
            part.inlet().take(intake, Inlet.Message.plain(entry, ++number, part.text()));
        }
        // nothing is moved before this is committed: one batch at most is in doubt
        if (!intake.commit(List.of(new Bookmark(part.bookmark(), token.getBytes(UTF_8))))
                || !intake.settle()) {
            return false;
        }
        committed = token;
        connection.ltrim(taken, entries.size() + 1L, -1);
        return true;
    }
}
