package io.netsentinel.transport;

import java.nio.file.Path;

/// Where the server keeps its data.
///
/// @param path the data directory
public record DataPlace(Path path) {}
