package io.netsentinel.integrations.bus;

import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import java.util.Optional;

/// What can be said of a source or sink that is a part of a bus.
public final class BusOptions {
    /// Which bus it is a part of.
    public static final Option BUS =
            Option.text(
                    "bus",
                    "soc",
                    "The bus it is a part of, by a name of your choice: sinks send nothing that came"
                            + " in by sources of the same name.");

    /// Where what comes in may go to.
    public static final Option CHANNELS =
            Option.texts(
                    "channels",
                    "system, ml, database",
                    "With `bus`: the channels it may fill, names or patterns such as `lab.*`. What is"
                            + " for another one becomes a dead letter.");

    /// Given by the server itself, not by the configuration: its own id.
    public static final String NODE = "node";

    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private BusOptions() {}

    /// The format of what comes in when none is said: events, when it comes by a bus.
    public static String usualFormat(Options options, String otherwise) {
        return options.text("bus").isPresent() ? "event" : otherwise;
    }

    static String node(Options options) {
        return options.text(NODE).orElse("");
    }

    /// @throws IllegalArgumentException when it is no name
    static Optional<String> bus(Options options) {
        Optional<String> bus = options.text("bus");
        bus.filter(name -> !name.matches(NAME))
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "bus: 1 to 64 letters, digits, . _ -, found \"" + name + "\"");
                });
        return bus;
    }
}
