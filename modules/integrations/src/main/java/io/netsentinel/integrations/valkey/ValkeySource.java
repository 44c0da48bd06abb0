package io.netsentinel.integrations.valkey;

import io.netsentinel.integrations.Reading;
import io.netsentinel.integrations.Retry;
import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.bus.Inlet;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Source;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/// Reads from a Valkey or Redis server, and connects again for as long as it takes.
final class ValkeySource implements Source {
    private final ValkeyTarget target;
    private final Part part;
    private final String format;
    private final ValkeyReader reader;
    private final Reading reading = new Reading();

    ValkeySource(ValkeyTarget target, Part part, String format, ValkeyReader reader) {
        this.target = target;
        this.part = part;
        this.format = format;
        this.reader = reader;
    }

    /// What is read.
    ///
    /// @param source the source's name
    /// @param way `list`, `channel` or `stream`
    /// @param key the name it has on the server
    /// @param inlet takes the messages
    record Part(String source, String way, String key, Inlet inlet) {
        /// The name its position is committed under.
        String bookmark() {
            return "valkey/" + source + "/" + way + "/" + key;
        }

        /// For people.
        String text() {
            return way + " " + key;
        }
    }

    @Override
    public String name() {
        return part.source();
    }

    @Override
    public String kind() {
        return "valkey";
    }

    @Override
    public String path() {
        return target.text() + " " + part.text();
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public boolean resumes() {
        return reader.resumes();
    }

    @Override
    public Progress progress() {
        return reading.progress();
    }

    @Override
    public Optional<String> test() {
        try (Jedis connection = target.connect()) {
            connection.ping();
            return Optional.empty();
        } catch (JedisException e) {
            return Optional.of(failure(e));
        }
    }

    private String failure(Exception failure) {
        return target.text() + ": " + Visible.characters(ValkeyTarget.words(failure));
    }

    @Override
    public void run(Intake intake) {
        Retry retry = new Retry();
        part.inlet().begin(intake);
        reader.begin(intake);
        while (!intake.stopping()) {
            try (Jedis connection = target.connect()) {
                reader.read(
                        connection,
                        intake,
                        reading,
                        () -> {
                            intake.problem("");
                            reading.connected(true);
                            retry.reset();
                        });
                return;
            } catch (JedisException e) {
                reading.connected(false);
                intake.problem(failure(e));
                intake.pause(retry.next());
            }
        }
    }
}
