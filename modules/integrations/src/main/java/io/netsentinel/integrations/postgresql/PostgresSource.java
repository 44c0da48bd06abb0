package io.netsentinel.integrations.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.integrations.Missed;
import io.netsentinel.integrations.Reading;
import io.netsentinel.integrations.Retry;
import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.queuing.Bookmark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Listens to a database. It keeps nothing for those who do not listen, so every break and every
/// stop is a gap, which is said as soon as it listens again.
final class PostgresSource implements Source {
    private static final int WAIT_MILLIS = 200;
    private static final Duration ASK = Duration.ofSeconds(10);

    private final String name;
    private final PostgresTarget target;
    private final List<String> names;
    private final Reading reading = new Reading();
    private Optional<Instant> heard = Optional.empty();
    private long number;

    PostgresSource(String name, PostgresTarget target, List<String> names) {
        this.name = name;
        this.target = target;
        this.names = List.copyOf(names);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "postgresql";
    }

    @Override
    public String path() {
        return target.text() + " " + Visible.characters(String.join(",", names));
    }

    /// Notifications are no lines; what they become is said by [NotificationReader].
    @Override
    public String format() {
        return "event";
    }

    @Override
    public boolean resumes() {
        return false;
    }

    @Override
    public Progress progress() {
        return reading.progress();
    }

    @Override
    public Optional<String> test() {
        try (Connection _ = target.connect()) {
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(failure(e));
        }
    }

    private String failure(SQLException failure) {
        return target.text() + ": " + Visible.characters(String.valueOf(failure.getMessage()));
    }

    private String bookmark() {
        return "postgresql/" + name;
    }

    @Override
    public void run(Intake intake) {
        heard =
                Optional.ofNullable(intake.bookmarks().get(bookmark()))
                        .map(bytes -> Instant.parse(new String(bytes, UTF_8)));
        Retry retry = new Retry();
        while (!intake.stopping()) {
            try (Connection connection = target.connect()) {
                listen(connection);
                intake.problem("");
                reading.connected(true);
                retry.reset();
                heard.ifPresent(since -> gap(intake, since));
                follow(connection, intake);
            } catch (SQLException e) {
                reading.connected(false);
                intake.problem(failure(e));
                if (!commit(intake)) {
                    return;
                }
                intake.pause(retry.next());
            }
        }
        if (heard.isPresent() && commit(intake)) {
            intake.settle();
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : names) {
                statement.execute("LISTEN \"" + one.replace("\"", "\"\"") + "\"");
            }
        }
    }

    private void follow(Connection connection, Intake intake) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        Instant asked = Instant.now();
        heard = Optional.of(asked);
        while (!intake.stopping()) {
            PGNotification[] found = postgres.getNotifications(WAIT_MILLIS);
            Instant now = Instant.now();
            if (found != null && found.length > 0) {
                heard = Optional.of(now);
                for (PGNotification one : found) {
                    take(intake, one);
                }
            } else if (now.isAfter(asked.plus(ASK))) {
                // nothing comes either because nothing happens or because nobody is there
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT 1");
                }
                asked = now;
                heard = Optional.of(now);
            }
            if (intake.pending() > 0 ? !commit(intake) : !intake.settle()) {
                return;
            }
        }
    }

    private boolean commit(Intake intake) {
        return heard.isEmpty()
                || intake.commit(
                        List.of(new Bookmark(bookmark(), heard.get().toString().getBytes(UTF_8))));
    }

    private void take(Intake intake, PGNotification notification) {
        byte[] payload = notification.getParameter().getBytes(UTF_8);
        reading.read(payload.length);
        NotificationReader reader =
                new NotificationReader(
                        target.database(), notification.getName(), notification.getPID());
        // an empty payload is a notification too
        byte[] line = payload.length == 0 ? NotificationReader.EMPTY : payload;
        intake.line(
                reader, line, 0, line.length, ++number, "notification " + notification.getName());
    }

    private void gap(Intake intake, Instant since) {
        Missed.tell(
                intake,
                name,
                OptionalLong.empty(),
                "nobody listened from %s to %s: what the database was told in that time is lost"
                        .formatted(since, Instant.now()));
    }
}
