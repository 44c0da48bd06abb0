package io.netsentinel.app;

import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Opens an address in the user's browser when somebody sits at a desktop. Never fails: the address
/// is printed anyway.
final class Desktop {
    private static final System.Logger LOG = System.getLogger(Desktop.class.getName());

    private Desktop() {}

    static void open(URI address, Map<String, String> environment) {
        boolean terminal =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        Optional<String> opener = opener(environment);
        if (!terminal || opener.isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder(opener.get(), address.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no browser", e);
        }
    }

    private static Optional<String> opener(Map<String, String> environment) {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")) {
            return Optional.of("open");
        }
        boolean desktop =
                environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return desktop ? Optional.of("xdg-open") : Optional.empty();
    }
}
