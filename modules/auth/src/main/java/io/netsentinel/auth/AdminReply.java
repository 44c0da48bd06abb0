package io.netsentinel.auth;

import java.util.List;
import java.util.Map;

/// What came of an [AdminCall].
public sealed interface AdminReply {
    /// It was done.
    ///
    /// @param rows what there is to tell, column by name in the order they should be shown
    record Done(List<Map<String, String>> rows) implements AdminReply {
        public Done {
            rows = List.copyOf(rows);
        }
    }

    /// It was not, and nothing has changed.
    ///
    /// @param message one line that names what is wrong
    record Failed(String message) implements AdminReply {}
}
