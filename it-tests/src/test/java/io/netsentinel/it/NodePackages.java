package io.netsentinel.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A folder for programs in Node or Python: the npm package of the distribution and `ws` stand in
/// its `node_modules`, the Python package `websockets` in its `python`.
final class NodePackages {
    private static final Path FOLDER = Path.of("target", "sdk-programs").toAbsolutePath();
    private static final int INSTALL_SECONDS = 120;
    private static final Path PROVIDER_FOLDER = FOLDER.resolveSibling("identity-provider");
    private static final boolean INSTALLED =
            install(FOLDER, Distribution.home().resolve("sdk/js").toString(), "ws@8.23.0");

    private NodePackages() {}

    /// Whether Node and npm are there and the packages could be had.
    static boolean installed() {
        return INSTALLED;
    }

    static Path folder() {
        return FOLDER;
    }

    /// Whether Node is there and the identity provider `oidc-provider` could be had.
    static boolean providerInstalled() {
        return ProviderPackage.INSTALLED;
    }

    /// The folder for programs that use it.
    static Path providerFolder() {
        return PROVIDER_FOLDER;
    }

    /// Fetched by the one test that needs it.
    private static final class ProviderPackage {
        private static final boolean INSTALLED = install(PROVIDER_FOLDER, "oidc-provider@9.13.3");
    }

    private static boolean install(Path folder, String... packages) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "npm",
                                "install",
                                "--no-save",
                                "--no-audit",
                                "--no-fund",
                                "--ignore-scripts",
                                "--install-links",
                                "--prefix",
                                folder.toString()));
        command.addAll(List.of(packages));
        return run(folder.getFileName() + "-npm.log", command);
    }

    static boolean run(String log, List<String> command) {
        try {
            Files.createDirectories(FOLDER);
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(FOLDER.resolve(log).toFile())
                            .start();
            if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException _) {
            return false; // it is not there
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
