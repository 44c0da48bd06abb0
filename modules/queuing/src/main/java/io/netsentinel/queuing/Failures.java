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
    /// There is no user in the file, or not all tables are: whoever made it was killed before it
    /// was a segment.
    UNBORN,
    /// The file could not be read or written just now.
    IO,
    /// The file belongs to another password: not a damage of this file.
    PASSWORD;

    /// What is not known to be damage counts as a passing problem: a file is never set aside for
    /// lack of memory.
    static Failures of(Throwable failure) {
        Failures found = IO;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError) {
                return IO;
            }
            if (cause instanceof MVStoreException store) {
                found = ofStore(store);
            } else if (cause instanceof SQLException sql) {
                found = ofSql(sql.getErrorCode());
            }
        }
        return found;
    }

    private static Failures ofSql(int code) {
        return switch (code) {
            case ErrorCode.DATABASE_IS_CLOSED,
                    ErrorCode.OBJECT_CLOSED,
                    ErrorCode.CONNECTION_BROKEN_1 ->
                    CLOSED;
            case ErrorCode.WRONG_USER_OR_PASSWORD -> PASSWORD;
            // opened for reading, H2 cannot make the user that a new database begins with; the
            // tables come after that, one by one
            case ErrorCode.DATABASE_IS_READ_ONLY,
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2,
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1 ->
                    UNBORN;
            case ErrorCode.FILE_CORRUPTED_1,
                    ErrorCode.FILE_VERSION_ERROR_1,
                    ErrorCode.GENERAL_ERROR_1,
                    ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1,
                    ErrorCode.COLUMN_NOT_FOUND_1,
                    ErrorCode.SERIALIZATION_FAILED_1,
                    ErrorCode.DESERIALIZATION_FAILED_1 ->
                    DAMAGED;
            default -> IO;
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
