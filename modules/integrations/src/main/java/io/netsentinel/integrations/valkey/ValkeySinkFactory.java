package io.netsentinel.integrations.valkey;

import io.netsentinel.integrations.bus.BusOptions;
import io.netsentinel.integrations.bus.Outlet;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.ArrayList;
import java.util.List;

/// `valkey`: a stream of a Valkey or Redis server.
public final class ValkeySinkFactory implements SinkFactory {
    private static final int USUAL_LENGTH = 1_000_000;
    private static final int MOST_LENGTH = 1_000_000_000;

    /// For `ServiceLoader`.
    public ValkeySinkFactory() {}

    @Override
    public String kind() {
        return "valkey";
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(ValkeyTarget.options());
        options.addAll(
                List.of(
                        Option.text(
                                "stream",
                                "netsentinel:{channel}",
                                "The stream to add to, `{channel}` is the event's channel (default"
                                        + " `netsentinel:{channel}`)."),
                        Option.count(
                                "stream-length",
                                new Option.Type.Count("a number of entries", 1, MOST_LENGTH),
                                "1000000",
                                "About how many entries the stream keeps (default 1000000)."),
                        Option.flag(
                                "raw",
                                "true",
                                "Whether the sensor's own line, the field `raw`, is sent along"
                                        + " (default true)."),
                        BusOptions.BUS));
        return options;
    }

    @Override
    public Sink create(Options options) {
        String stream = options.text("stream").orElse("netsentinel:{channel}");
        if (stream.isEmpty() || stream.length() > 256) {
            throw new IllegalArgumentException("stream: 1 to 256 characters");
        }
        return new ValkeySink(
                ValkeyTarget.of(options),
                stream,
                options.number("stream-length", USUAL_LENGTH),
                Outlet.of(options));
    }
}
