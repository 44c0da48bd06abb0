package example.hello;

import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.queuing.Bookmark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Says hello with a number. The number is its bookmark: it is committed together with the line, so
/// after a crash it goes on with the next one.
final class HelloSource implements Source {
    private final String name;
    private final String greeting;
    private final Duration every;
    private volatile long bytes;

    HelloSource(String name, String greeting, Duration every) {
        this.name = name;
        this.greeting = greeting;
        this.every = every;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "hello";
    }

    @Override
    public String path() {
        return greeting;
    }

    @Override
    public String format() {
        return "hello";
    }

    @Override
    public void run(Intake intake) {
        String bookmark = "hello/" + name;
        byte[] stored = intake.bookmarks().get(bookmark);
        long number = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
        LineReader reader = intake.reader(Origin.UNKNOWN);
        while (!intake.stopping()) {
            number++;
            byte[] line = (greeting + " " + number).getBytes(StandardCharsets.UTF_8);
            intake.line(reader, line, 0, line.length, number, name);
            byte[] position = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
            if (!intake.commit(List.of(new Bookmark(bookmark, position)))) {
                return;
            }
            bytes += line.length;
            intake.pause(every);
        }
    }

    @Override
    public Progress progress() {
        return new Progress(bytes, 0, 1, false);
    }
}
