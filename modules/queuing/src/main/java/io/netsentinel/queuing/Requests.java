package io.netsentinel.queuing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Idempotency keys and the answers given to them. An answer is stored as runs of consecutive
/// offsets.
final class Requests {

    /// One remembered key as it stands in the table, to be carried into the next segment.
    @SuppressWarnings("ArrayRecordComponent") // handed from one table to the next
    record Remembered(String scope, String name, long time, byte[] result) {}

    private static final String FIND =
            "select time, result from request where scope = ? and name = ?";
    private static final String PUT =
            "merge into request(scope, name, time, result) values(?, ?, ?, ?)";

    private final ChannelTable channels;

    Requests(ChannelTable channels) {
        this.channels = channels;
    }

    /// The first answer to a key, if it was given after `oldest`.
    Optional<Appended> find(Session session, IdempotencyKey key, long oldest) throws SQLException {
        PreparedStatement find = session.prepare(FIND);
        find.setString(1, key.scope());
        find.setString(2, key.key());
        try (ResultSet row = find.executeQuery()) {
            return row.next() && row.getLong(1) > oldest
                    ? Optional.of(decode(row.getBytes(2), row.getLong(1)))
                    : Optional.empty();
        }
    }

    Remembered remembered(Group group, IdempotencyKey key, Appended appended) {
        return new Remembered(key.scope(), key.key(), group.time(), encode(group, appended));
    }

    static void put(Session session, List<Remembered> all) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        PreparedStatement put = session.prepare(PUT);
        for (Remembered one : all) {
            put.setString(1, one.scope());
            put.setString(2, one.name());
            put.setLong(3, one.time());
            put.setBytes(4, one.result());
            put.addBatch();
        }
        put.executeBatch();
    }

    private byte[] encode(Group group, Appended appended) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            List<Position> positions = appended.positions();
            for (int from = 0; from < positions.size(); ) {
                int to = runEnd(positions, from);
                Position first = positions.get(from);
                out.writeShort(number(group, first.channel()));
                out.writeLong(first.offset());
                out.writeInt(to - from);
                from = to;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private int number(Group group, String channel) {
        return channels.named(channel)
                .map(ChannelLog::number)
                .orElseGet(() -> group.numberOf(channel));
    }

    private static int runEnd(List<Position> positions, int from) {
        Position first = positions.get(from);
        int to = from + 1;
        while (to < positions.size()
                && positions.get(to).channel().equals(first.channel())
                && positions.get(to).offset() == first.offset() + to - from) {
            to++;
        }
        return to;
    }

    private Appended decode(byte[] result, long time) {
        List<Position> positions = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(result))) {
            while (in.available() > 0) {
                int number = in.readShort();
                long first = in.readLong();
                int count = in.readInt();
                channels.numbered(number)
                        .ifPresent(channel -> {
                            for (long offset = first; offset < first + count; offset++) {
                                positions.add(
                                        new Position(
                                                channel.name(),
                                                channel.epochOf(offset).id(),
                                                offset,
                                                time));
                            }
                        });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Appended(positions, true);
    }
}
