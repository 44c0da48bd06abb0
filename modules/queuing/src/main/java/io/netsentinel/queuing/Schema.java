package io.netsentinel.queuing;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The tables of a segment and their small rows (events and requests have classes of their own).
final class Schema {

    /// Set by the transaction that makes a prepared segment the active one.
    static final String ACTIVE = "active";

    /// When the segment became active, milliseconds since 1970.
    static final String BEGUN = "begun";

    /// Longest age in milliseconds of the channels an archive holds.
    static final String AGE_CLASS = "age-class";

    /// The number of the last segment whose rows an archive took over.
    static final String LAST_SOURCE = "last-source";

    static final List<String> TABLES =
            List.of(
                    "create table if not exists info(name varchar(32) primary key, content varchar(256) not null)",
                    "create table if not exists channel(number int primary key, name varchar(64) not null, base bigint not null)",
                    "create table if not exists epoch(id bigint primary key, epoch varchar(8) not null)",
                    "create table if not exists extent(id bigint primary key, last bigint not null,"
                            + " first_time bigint not null, last_time bigint not null)",
                    "create table if not exists event(id bigint primary key, time bigint not null, priority tinyint not null,"
                            + " expires bigint not null, crc int not null, payload varbinary(16777216) not null)",
                    "create table if not exists bookmark(number int primary key, source varchar(512) not null,"
                            + " crc int not null, content varbinary(65536) not null)",
                    "create table if not exists request(scope varchar(256) not null, name varchar(256) not null,"
                            + " time bigint not null, result varbinary(1048576) not null, primary key(scope, name))");

    private Schema() {}

    static void create(Session session) throws SQLException {
        for (String table : TABLES) {
            session.execute(table);
        }
    }

    static void putInfo(Session session, String name, String content) throws SQLException {
        PreparedStatement put = session.prepare("merge into info(name, content) values(?, ?)");
        put.setString(1, name);
        put.setString(2, content);
        put.executeUpdate();
    }

    static Optional<String> info(Session session, String name) throws SQLException {
        PreparedStatement get = session.prepare("select content from info where name = ?");
        get.setString(1, name);
        try (ResultSet row = get.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    static long infoNumber(Session session, String name) throws SQLException {
        return info(session, name).map(Long::parseLong).orElse(0L);
    }

    /// Writes channels with their newest offsets and all epochs: every segment has them.
    static void putChannels(Session session, Collection<ChannelLog> channels) throws SQLException {
        for (ChannelLog channel : channels) {
            putChannel(session, channel);
        }
    }

    static void putChannel(Session session, ChannelLog channel) throws SQLException {
        PreparedStatement put =
                session.prepare("merge into channel(number, name, base) values(?, ?, ?)");
        put.setInt(1, channel.number());
        put.setString(2, channel.name());
        put.setLong(3, channel.tail());
        put.executeUpdate();
        for (Epoch epoch : channel.epochs()) {
            putEpoch(session, channel, epoch);
        }
    }

    static void putEpoch(Session session, ChannelLog channel, Epoch epoch) throws SQLException {
        PreparedStatement put = session.prepare("merge into epoch(id, epoch) values(?, ?)");
        put.setLong(1, channel.id(epoch.first()));
        put.setString(2, epoch.id());
        put.executeUpdate();
    }

    static void putExtent(Session session, int channel, Extent extent) throws SQLException {
        PreparedStatement put =
                session.prepare(
                        "merge into extent(id, last, first_time, last_time) values(?, ?, ?, ?)");
        put.setLong(1, ChannelLog.id(channel, extent.first()));
        put.setLong(2, extent.last());
        put.setLong(3, extent.firstTime());
        put.setLong(4, extent.lastTime());
        put.executeUpdate();
    }
}
