package io.netsentinel.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Java client of the distribution, in a program of its own.
final class JavaClientIT {
    @TempDir private Path folder;

    @Test
    void nothingIsLostOrComesTwiceThroughAStopAndAKill() {
        ClientTrial.run(
                folder,
                (url, token, channel) -> {
                    Path source = Program.copy("JavaFollower.java", folder);
                    return Program.start(
                            folder,
                            Map.of(),
                            List.of(
                                    Program.java(),
                                    "--class-path",
                                    classPath(),
                                    source.toString(),
                                    url,
                                    token,
                                    channel));
                });
    }

    /// What `docs/clients.md` says.
    static String classPath() {
        return Distribution.home().resolve("sdk/java") + "/*";
    }
}
