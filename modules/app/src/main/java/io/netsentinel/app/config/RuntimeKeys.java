package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.FLAG;
import static io.netsentinel.app.config.ValueTypes.PATH;

import java.nio.file.Path;
import java.util.List;

/// The settings under `runtime`: how far what is made over HTTP may reach.
public final class RuntimeKeys {
    public static final Key<List<Path>> SOURCE_ROOTS =
            Key.optional(
                    "runtime.source-roots",
                    PATH.list("a list of paths"),
                    "/var/log/sensors",
                    "Folders in which sources made by `POST /api/sources` may read files and have"
                            + " sockets. Without it, nowhere.");
    public static final Key<List<Path>> SINK_ROOTS =
            Key.optional(
                    "runtime.sink-roots",
                    PATH.list("a list of paths"),
                    "/var/lib/netsentinel/out",
                    "Folders in which sinks made by `POST /api/sinks` may read and write files."
                            + " Without it, nowhere.");
    public static final Key<Boolean> ALLOW_LOCAL =
            Key.of(
                    "runtime.allow-local",
                    FLAG,
                    false,
                    "Whether what is made over HTTP may connect to this machine itself, to"
                            + " link-local addresses or to a cloud's metadata service.");

    static final Section SECTION =
            Section.of(
                    "Made while running",
                    "How far sources, sinks and notifications reach that administrators make over"
                            + " HTTP. What stands in this file has no such limits.",
                    SOURCE_ROOTS,
                    SINK_ROOTS,
                    ALLOW_LOCAL);

    private RuntimeKeys() {}
}
