package io.netsentinel.queuing;

import java.io.EOFException;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/// What an H2 error means for us.
enum Failures {
    /// The database closed itself after an earlier error: opening it again helps.
    CLOSED,
    /// What is in the file is not what was written.
    DAMAGED,
    /// The file could not be read or written just now.
    IO,
    /// The file belongs to another password: not a damage of this file.
    PASSWORD;

    static Failures of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MVStoreException store) {
                return ofStore(store);
            }
            if (cause instanceof SQLException sql && ofSql(sql.getErrorCode()) != DAMAGED) {
                return ofSql(sql.getErrorCode());
            }
        }
        return DAMAGED;
    }

    private static Failures ofSql(int code) {
        return switch (code) {
            case ErrorCode.DATABASE_IS_CLOSED,
                    ErrorCode.OBJECT_CLOSED,
                    ErrorCode.CONNECTION_BROKEN_1 ->
                    CLOSED;
            case ErrorCode.WRONG_USER_OR_PASSWORD -> PASSWORD;
            case ErrorCode.IO_EXCEPTION_1,
                    ErrorCode.IO_EXCEPTION_2,
                    ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                    IO;
            default -> DAMAGED;
        };
    }

    private static Failures ofStore(MVStoreException failure) {
        return switch (failure.getErrorCode()) {
            case DataUtils.ERROR_CLOSED -> CLOSED;
            case DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_FILE_LOCKED -> IO;
            case DataUtils.ERROR_READING_FAILED ->
                    failure.getCause() instanceof EOFException ? DAMAGED : IO;
            default -> DAMAGED;
        };
    }

    /// One line an operator can read.
    static String text(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + message;
    }
}
