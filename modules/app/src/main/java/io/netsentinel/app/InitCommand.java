package io.netsentinel.app;

import io.netsentinel.app.config.Reference;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// `netsentinel init`
final class InitCommand implements Command {
    @Override
    public String name() {
        return "init";
    }

    @Override
    public String summary() {
        return "writes a commented netsentinel.yaml";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.of(
                        "--config",
                        "FILE",
                        "the file to write (default: conf/netsentinel.yaml); it must not exist yet"));
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        arguments.noOperands(this);
        Path file =
                arguments
                        .value("--config")
                        .map(Path::of)
                        .orElseGet(() -> ConfigurationSources.standard(shell));
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Files.writeString(file, Reference.yaml(), StandardOpenOption.CREATE_NEW);
            keepToOwner(file);
        } catch (FileAlreadyExistsException e) {
            throw CommandException.usage(
                    "init: " + file + " exists already: remove it or name another with --config");
        } catch (IOException e) {
            throw new CommandException(
                    Exit.FAILED, "init: cannot write " + file + ": " + e.getMessage(), e);
        }
        shell.out().println(file);
        return Exit.FINE;
    }

    /// Somebody will write a secret into it.
    private static void keepToOwner(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
