/// The log on H2 segments, durable cursors and the `Store`. The only module that sees JDBC.
@org.jspecify.annotations.NullMarked
module io.netsentinel.queuing {
    requires transitive io.netsentinel.events;
    requires java.sql;
    requires com.h2database;
    requires static org.jspecify;

    exports io.netsentinel.queuing;
}
