package io.netsentinel.integrations.enrich;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/// A file that is read again when it has changed. One that is being written is waited for: it is
/// read when it looks the same twice. What cannot be read leaves what was read before.
///
/// @param <T> what is read from it
public final class WatchedFile<T> {
    private static final System.Logger LOG = System.getLogger(WatchedFile.class.getName());

    private final String what;
    private final Path path;
    private final Loader<T> loader;
    private Optional<Stamp> used = Optional.empty();
    private Optional<Stamp> seen = Optional.empty();
    private boolean first = true;

    private volatile Optional<T> content = Optional.empty();
    private volatile Optional<Instant> loaded = Optional.empty();
    private volatile String problem = "";

    /// Reads a file.
    ///
    /// @param <T> what is read from it
    public interface Loader<T> {
        /// Reads it.
        T load(Path file) throws IOException;
    }

    private record Stamp(Instant modified, long size, Optional<String> identity) {}

    /// @param what what it holds, for messages
    public WatchedFile(String what, Path path, Loader<T> loader) {
        this.what = what;
        this.path = path;
        this.loader = loader;
    }

    /// Its path.
    public Path path() {
        return path;
    }

    /// What was read last.
    public Optional<T> content() {
        return content;
    }

    /// When that was.
    public Optional<Instant> loaded() {
        return loaded;
    }

    /// Why the file as it is now is not used; empty when it is.
    public String problem() {
        return problem;
    }

    /// Looks at the file, and reads it when it has changed. Of one thread at a time.
    ///
    /// @return whether there is something new
    public boolean look() {
        Optional<Stamp> now = stamp();
        boolean settled = first || now.equals(seen);
        first = false;
        seen = now;
        if (now.isEmpty()) {
            used = Optional.empty();
            failed("it cannot be read: is it there, and may this user read it?");
            return false;
        }
        if (!settled || now.equals(used)) {
            return false;
        }
        used = now;
        try {
            content = Optional.of(loader.load(path));
            loaded = Optional.of(Instant.now());
            problem = "";
            LOG.log(System.Logger.Level.INFO, "{0} are those of {1}", what, path);
            return true;
        } catch (NoSuchFileException _) {
            failed("it is not there");
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private void failed(String why) {
        if (!why.equals(problem)) {
            problem = why;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} are not taken from {1}: {2}{3}",
                    what,
                    path,
                    why,
                    content.isPresent() ? "; those read before stay" : "");
        }
    }

    private Optional<Stamp> stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(
                    new Stamp(
                            attributes.lastModifiedTime().toInstant(),
                            attributes.size(),
                            Optional.ofNullable(attributes.fileKey()).map(Object::toString)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
