package io.netsentinel.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The npm package of the distribution, in Node.
@EnabledIf(
        value = "io.netsentinel.it.NodePackages#installed",
        disabledReason = "needs Node.js and npm, and the package ws")
final class NodeClientIT {
    @TempDir private Path folder;

    @Test
    void nothingIsLostOrComesTwiceThroughAStopAndAKill() {
        Path programs = NodePackages.folder();
        Path source = Program.copy("node-follower.mjs", programs);
        ClientTrial.run(
                folder,
                (url, token, channel) ->
                        Program.start(
                                programs,
                                Map.of(),
                                List.of("node", source.toString(), url, token, channel)));
    }
}
