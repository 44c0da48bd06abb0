package io.netsentinel.webui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/// The scripts, styles and fonts of this build. All stand below one path that names their content,
/// so browsers may keep them for good and a page never mixes two versions.
///
/// @param version a digest of all files
/// @param files their names
record AssetIndex(String version, List<String> files) {
    /// The chart, and what belongs to single pages: fetched with the first page that needs it.
    private static final Set<String> LATER =
            Set.of(
                    "uplot.js",
                    "alerts.js",
                    "drawer.js",
                    "selection.js",
                    "incidents.js",
                    "sheets.js",
                    "choose.js",
                    "groups.js",
                    "stats.js",
                    "network.js",
                    "honeypot.js",
                    "map.js",
                    "world.js",
                    "traffic.js",
                    "topology.js",
                    "net.js",
                    "heat.js",
                    "contacts.js");

    AssetIndex {
        files = List.copyOf(files);
    }

    static AssetIndex load() {
        Properties index = new Properties();
        try (InputStream in = AssetIndex.class.getResourceAsStream("assets.properties")) {
            if (in == null) {
                throw new IllegalStateException("this build has no assets");
            }
            index.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AssetIndex(
                index.getProperty("version"), Arrays.asList(index.getProperty("files").split(" ")));
    }

    /// Where they are served, without a `/` at the end.
    String base() {
        return "/assets/" + version;
    }

    /// The addresses of all scripts that every page needs.
    List<String> modules() {
        return files.stream()
                .filter(name -> name.endsWith(".js") && !LATER.contains(name))
                .map(name -> base() + "/" + name)
                .toList();
    }

    /// Opens a file by its path below `/assets/`; only of this version.
    Optional<InputStream> open(String path) {
        String folder = version + "/";
        return path.startsWith(folder)
                ? Optional.ofNullable(
                        AssetIndex.class.getResourceAsStream(
                                "assets/" + path.substring(folder.length())))
                : Optional.empty();
    }
}
