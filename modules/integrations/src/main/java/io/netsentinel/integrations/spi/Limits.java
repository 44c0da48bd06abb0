package io.netsentinel.integrations.spi;

import io.netsentinel.integrations.sink.net.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// What may be reached by something that was made over HTTP. Whoever is an administrator here need
/// not be one of the machine: files lie in folders the configuration names, and this machine itself
/// and its network alone are not connected to. What stands in the configuration has no limits.
public final class Limits {
    private static final int MOST_LINKS = 20;

    /// What lies in no folder that anybody names.
    private static final Path NOWHERE = Path.of("");

    private static final Limits NONE = new Limits(false, "", List.of(), true);

    private final boolean limited;
    private final String key;
    private final List<Path> roots;
    private final AddressGuard guard;
    private final boolean local;

    private Limits(boolean limited, String key, List<Path> roots, boolean local) {
        this.limited = limited;
        this.key = key;
        this.roots =
                roots.stream().map(Limits::resolved).filter(root -> !root.equals(NOWHERE)).toList();
        this.local = local;
        this.guard = new AddressGuard(local);
    }

    /// No limits.
    public static Limits none() {
        return NONE;
    }

    /// Limits.
    ///
    /// @param key the configuration key that names the folders
    /// @param roots folders in which files may lie; without one there may be no file
    /// @param local whether this machine itself may be connected to
    public static Limits of(String key, List<Path> roots, boolean local) {
        return new Limits(true, key, roots, local);
    }

    /// Whether there are any.
    public boolean limited() {
        return limited;
    }

    /// The folders in which files may lie, when there are limits.
    public List<Path> roots() {
        return roots;
    }

    /// Whether this machine itself may be connected to.
    public boolean local() {
        return local;
    }

    /// Checks a path, which need not exist; links in its folder are followed.
    ///
    /// @param option the option that names it
    /// @throws IllegalArgumentException when it may not be touched, naming the option and the way
    ///   out
    public void check(String option, Path path) {
        if (limited && roots.stream().noneMatch(resolved(path)::startsWith)) {
            throw new IllegalArgumentException(
                    option
                            + ": "
                            + path
                            + " lies in no folder that "
                            + key
                            + " names"
                            + (roots.isEmpty() ? "; it names none" : ": " + roots));
        }
    }

    /// Checks where a name leads to, before it is connected to. Nothing happens when all of its
    /// addresses are allowed.
    ///
    /// @throws IOException naming the first that is not
    public void check(String host, InetAddress[] addresses) throws IOException {
        guard.check(host, addresses);
    }

    /// Where a path leads to. What is not there yet is taken as it is written, but a link to
    /// something that is not there yet is followed as well.
    private static Path resolved(Path path) {
        return resolved(path.toAbsolutePath().normalize(), MOST_LINKS);
    }

    private static Path resolved(Path whole, int links) {
        for (Path there = whole; there != null; there = there.getParent()) {
            if (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            Path rest = there.relativize(whole);
            try {
                if (Files.exists(there)) {
                    return there.toRealPath().resolve(rest).normalize();
                }
                Path target = there.resolveSibling(Files.readSymbolicLink(there));
                // links that lead to each other lead nowhere
                return links == 0 ? NOWHERE : resolved(target.resolve(rest).normalize(), links - 1);
            } catch (IOException _) {
                return NOWHERE;
            }
        }
        return whole;
    }
}
