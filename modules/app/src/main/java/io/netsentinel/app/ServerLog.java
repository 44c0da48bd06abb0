package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.LogKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Sends what the modules log to standard error, one line per message whatever it contains.
final class ServerLog {
    /// Kept: a logger nobody holds forgets its level.
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private ServerLog() {}

    /// For commands that end soon: only what failed.
    static void quiet(PrintStream stream) {
        LogManager.getLogManager().reset();
        ROOT.addHandler(new StreamHandler(stream, new TextLines()));
        ROOT.setLevel(Level.SEVERE);
    }

    static void configure(Configuration configuration, PrintStream stream) {
        LogManager.getLogManager().reset();
        Formatter formatter =
                switch (configuration.get(LogKeys.LOG_FORMAT)) {
                    case TEXT -> new TextLines();
                    case JSON -> new JsonLines();
                };
        ROOT.addHandler(handler(configuration, stream, formatter));
        LogKeys.LogLevel level = configuration.get(LogKeys.LOG_LEVEL);
        // Its steps of life are not those of this server.
        HELIDON.setLevel(level == LogKeys.LogLevel.INFO ? Level.WARNING : null);
        ROOT.setLevel(
                switch (level) {
                    case ERROR -> Level.SEVERE;
                    case WARNING -> Level.WARNING;
                    case INFO -> Level.INFO;
                    case DEBUG -> Level.FINE;
                });
    }

    private static Handler handler(
            Configuration configuration, PrintStream stream, Formatter formatter) {
        Optional<Path> file = configuration.find(LogKeys.LOG_FILE);
        if (file.isEmpty()) {
            return new StreamHandler(stream, formatter);
        }
        try {
            return new RotatedFile(
                    file.get(),
                    configuration.get(LogKeys.LOG_FILE_SIZE),
                    configuration.get(LogKeys.LOG_FILES),
                    formatter);
        } catch (IOException e) {
            throw new CommandException(
                    Exit.BAD_USAGE, "log.file: " + file.get() + " cannot be written to: " + e, e);
        }
    }

    private static final class StreamHandler extends Handler {
        private final PrintStream stream;

        StreamHandler(PrintStream stream, Formatter formatter) {
            this.stream = stream;
            setFormatter(formatter);
        }

        @Override
        public void publish(LogRecord record) {
            stream.print(getFormatter().format(record));
        }

        @Override
        public void flush() {
            stream.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
