package example.hello;

import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.integrations.spi.SourceFactory;
import java.time.Duration;
import java.util.List;

/// `kind: hello`.
public final class HelloSourceFactory implements SourceFactory {
    @Override
    public String kind() {
        return "hello";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.text("greeting", "hello", "What it says (default `hello`)."),
                Option.time("every", "1s", "How long it waits between two lines (default 1s)."));
    }

    /// It opens no file and no connection, so it may be made over HTTP as well.
    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Source create(Options options) {
        Duration every = options.time("every", Duration.ofSeconds(1));
        if (every.isZero()) {
            throw new IllegalArgumentException("every: more than nothing");
        }
        return new HelloSource(
                options.name(), options.text("greeting").orElse("hello"), every);
    }
}
