package example.hello;

import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import java.nio.file.Path;
import java.util.List;

/// `kind: list`.
public final class ListSinkFactory implements SinkFactory {
    @Override
    public String kind() {
        return "list";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.file("path", "/tmp/list.txt", "The file the list is kept in."));
    }

    @Override
    public Sink create(Options options) {
        Path path =
                options.path("path")
                        .orElseThrow(() -> new IllegalArgumentException("path is missing"));
        return new ListSink(path);
    }
}
