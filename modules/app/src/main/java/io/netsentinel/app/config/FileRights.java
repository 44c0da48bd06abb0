package io.netsentinel.app.config;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/// Who besides its owner can get at a file. Where files have no such rights, nobody can.
///
/// @param mode what `chmod` is told to mend it
/// @param forbidden what nobody may be granted
record FileRights(String mode, Set<PosixFilePermission> forbidden) {
    /// Neither group nor others may read or write.
    static final FileRights OWNER_ONLY =
            new FileRights("600", Set.of(GROUP_READ, GROUP_WRITE, OTHERS_READ, OTHERS_WRITE));

    /// The group may read, as with keys that several services share.
    static final FileRights OWNER_AND_READING_GROUP =
            new FileRights("640", Set.of(GROUP_WRITE, OTHERS_READ, OTHERS_WRITE));

    /// Everybody may read, others may not write.
    static final FileRights NOT_WRITABLE_BY_OTHERS = new FileRights("o-w", Set.of(OTHERS_WRITE));

    FileRights {
        forbidden = Set.copyOf(forbidden);
    }

    /// What the file grants beyond these rights and how to mend it; empty when it grants nothing
    /// more, or is not there. Links are followed.
    Optional<String> exceededBy(Path file) {
        try {
            Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
            return Collections.disjoint(granted, forbidden)
                    ? Optional.empty()
                    : Optional.of(
                            "%s grants others too much (%s): chmod %s %s"
                                    .formatted(
                                            file,
                                            PosixFilePermissions.toString(granted),
                                            mode,
                                            file));
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }
}
