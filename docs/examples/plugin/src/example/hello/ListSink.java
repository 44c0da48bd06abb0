package example.hello;

import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Keeps a list of what came by: one id a line.
final class ListSink implements Sink {
    private final Path path;

    ListSink(Path path) {
        this.path = path;
    }

    @Override
    public String target() {
        return path.toString();
    }

    /// What this throws is tried again; what it returns counts.
    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        List<String> lines = batch.stream().map(SinkRecord::id).toList();
        Files.write(path, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return Delivery.ALL;
    }

    @Override
    public void close() {
        // the file is open only while it is written to
    }
}
