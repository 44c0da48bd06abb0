package io.netsentinel.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file with the first administrator's password. It is there until that password is changed.
final class InitialPassword {
    static final String USER = "admin";

    private final Path file;

    InitialPassword(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    void keep(String password) {
        PrivateFiles.write(file, (password + "\n").getBytes(StandardCharsets.UTF_8));
    }

    boolean pending() {
        return Files.exists(file);
    }

    void changed(String user) {
        if (!user.equals(USER)) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new AuthFilesException(
                    "the password was changed, but " + file + " cannot be deleted: " + e, e);
        }
    }
}
