package io.netsentinel.queuing;

/// That a row of a table was changed; not what it holds.
///
/// @param table the table's name
/// @param key the row's key
/// @param kind what became of the row
public record StoreChange(String table, String key, Kind kind) {

    /// What became of a row.
    public enum Kind {
        /// It was not there before.
        CREATED,
        /// It has another value.
        UPDATED,
        /// It is not there any more.
        DELETED
    }
}
