package io.netsentinel.integrations.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// A file as the directory shows it at one moment.
///
/// @param path its name; links are followed
/// @param identity device and inode
/// @param size in bytes
/// @param modified milliseconds since 1970
record Found(Path path, String identity, long size, long modified) {
    /// Empty when there is no regular file of that name.
    static Optional<Found> at(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            Object key = attributes.fileKey();
            return Optional.of(
                    new Found(
                            path,
                            // not every system has inodes; the time of creation is the next best
                            key == null
                                    ? path + "@" + attributes.creationTime().toMillis()
                                    : key.toString(),
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String name() {
        return String.valueOf(path.getFileName());
    }
}
