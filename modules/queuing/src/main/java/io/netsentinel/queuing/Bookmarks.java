package io.netsentinel.queuing;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The committed bookmarks, in memory and in the active segment. Each source has a number, so that
/// moving its bookmark touches one small B-tree only. Written by the writer, read by everyone.
final class Bookmarks {

    private final ConcurrentMap<String, byte[]> values = new ConcurrentHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private int highestNumber;

    Optional<byte[]> get(String source) {
        return Optional.ofNullable(values.get(source));
    }

    Map<String, byte[]> all() {
        return Map.copyOf(values);
    }

    /// Takes over what a segment has, damaged ones left out.
    ///
    /// @return the sources whose bookmark is damaged
    List<String> load(Session session) throws SQLException {
        List<String> damaged = new ArrayList<>();
        values.clear();
        try (ResultSet row =
                session.prepare("select number, source, crc, content from bookmark")
                        .executeQuery()) {
            while (row.next()) {
                String source = row.getString(2);
                byte[] value = row.getBytes(4);
                numbers.put(source, row.getInt(1));
                highestNumber = Math.max(highestNumber, row.getInt(1));
                if (RecordChecksum.of(value) == row.getInt(3)) {
                    values.put(source, value);
                } else {
                    damaged.add(source);
                }
            }
        }
        return damaged;
    }

    /// Writes moved bookmarks; they become visible with [#committed].
    void write(Session session, List<Bookmark> moved) throws SQLException {
        for (Bookmark bookmark : moved) {
            int number = numbers.computeIfAbsent(bookmark.source(), _ -> ++highestNumber);
            write(session, number, bookmark);
        }
    }

    private static void write(Session session, int number, Bookmark bookmark) throws SQLException {
        if (bookmark.value().length == 0) {
            PreparedStatement delete = session.prepare("delete from bookmark where number = ?");
            delete.setInt(1, number);
            delete.executeUpdate();
            return;
        }
        PreparedStatement put =
                session.prepare(
                        "merge into bookmark(number, source, crc, content) values(?, ?, ?, ?)");
        put.setInt(1, number);
        put.setString(2, bookmark.source());
        put.setInt(3, RecordChecksum.of(bookmark.value()));
        put.setBytes(4, bookmark.value());
        put.executeUpdate();
    }

    void committed(List<Bookmark> moved) {
        for (Bookmark bookmark : moved) {
            if (bookmark.value().length == 0) {
                values.remove(bookmark.source());
            } else {
                values.put(bookmark.source(), bookmark.value());
            }
        }
    }

    /// Writes all of them into the next segment.
    void carry(Session session) throws SQLException {
        List<Bookmark> all = new ArrayList<>();
        values.forEach((source, value) -> all.add(new Bookmark(source, value)));
        write(session, all);
    }
}
