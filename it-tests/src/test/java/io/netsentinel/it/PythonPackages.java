package io.netsentinel.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The Python package `websockets`, in a folder of its own.
final class PythonPackages {
    private static final Path FOLDER = NodePackages.folder().resolve("python");
    private static final boolean INSTALLED =
            Files.exists(FOLDER.resolve("websockets"))
                    || NodePackages.run(
                            "pip.log",
                            List.of(
                                    "python3",
                                    "-m",
                                    "pip",
                                    "install",
                                    "--quiet",
                                    "--target",
                                    FOLDER.toString(),
                                    "websockets==17.1"));

    private PythonPackages() {}

    /// Whether Python is there and the package could be had.
    static boolean installed() {
        return INSTALLED;
    }

    /// With which Python finds it.
    static Map<String, String> environment() {
        return Map.of("PYTHONPATH", FOLDER.toString());
    }
}
