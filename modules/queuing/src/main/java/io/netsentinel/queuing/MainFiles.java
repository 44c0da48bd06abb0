package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.mvstore.MVStoreException;

/// The files of the main database: `main-0000000003.mv.db`. A rewrite makes the next one; the
/// highest complete one counts.
final class MainFiles {

    private final Path directory;
    private final StorageCondition condition;
    private long highest;

    MainFiles(Path directory, StorageCondition condition) {
        this.directory = directory;
        this.condition = condition;
    }

    /// What [#open] found.
    ///
    /// @param fresh whether a damaged database was set aside and this is a new one
    record Found(MainFile file, boolean fresh) {}

    Found open() {
        boolean damaged = false;
        List<Path> files = list();
        for (Path file : files) {
            highest = Math.max(highest, number(file));
        }
        for (Path file : files.reversed()) {
            try {
                Optional<MainFile> complete = openComplete(file);
                if (complete.isPresent()) {
                    deleteAllBut(file);
                    return new Found(complete.get(), false);
                }
                delete(file);
            } catch (MVStoreException e) {
                setAside(file, e);
                damaged = true;
            }
        }
        MainFile made = create();
        made.markComplete();
        made.commit();
        return new Found(made, damaged);
    }

    /// The file that counts, and nothing is changed: neither set aside nor deleted.
    ///
    /// @return empty when there is none
    /// @throws MVStoreException when one is damaged or cannot be read
    Optional<MainFile> openIntact() {
        List<Path> files = list();
        files.forEach(file -> highest = Math.max(highest, number(file)));
        for (Path file : files.reversed()) {
            Optional<MainFile> complete = openComplete(file);
            if (complete.isPresent()) {
                return complete;
            }
        }
        return Optional.empty();
    }

    private static Optional<MainFile> openComplete(Path path) {
        MainFile file = MainFile.open(path);
        if (file.complete()) {
            return Optional.of(file);
        }
        file.abandon();
        return Optional.empty();
    }

    /// Deletes what an interrupted or finished rewrite left.
    void deleteAllBut(Path keep) {
        for (Path file : list()) {
            if (!file.equals(keep)) {
                delete(file);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger("io.netsentinel.queuing")
                    .log(System.Logger.Level.WARNING, "cannot delete " + file + ": " + e);
        }
    }

    /// A new, empty file with the next number.
    MainFile create() {
        return MainFile.open(
                directory.resolve("main-%010d%s".formatted(++highest, SegmentFile.SUFFIX)));
    }

    /// @throws DataDirectoryException when the file is not damaged but cannot be read now, or
    ///   cannot be renamed
    void setAside(Path file, MVStoreException e) {
        if (Failures.of(e) != Failures.DAMAGED) {
            throw new DataDirectoryException("cannot open " + file + ": " + Failures.text(e), e);
        }
        try {
            Path aside = Salvage.setAside(file);
            condition.report(
                    StorageReport.Kind.MAIN_DATABASE_DAMAGED,
                    "the main database "
                            + file.getFileName()
                            + " is damaged ("
                            + Failures.text(e)
                            + "), set aside as "
                            + aside.getFileName()
                            + " and begun anew");
        } catch (IOException io) {
            throw DataDirectory.unusable(directory, io);
        }
    }

    private List<Path> list() {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().matches("main-[0-9]{10}\\.mv\\.db"))
                    .forEach(found::add);
        } catch (IOException e) {
            throw DataDirectory.unusable(directory, e);
        }
        found.sort(Comparator.comparing(Path::toString));
        return found;
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(5, 15));
    }
}
