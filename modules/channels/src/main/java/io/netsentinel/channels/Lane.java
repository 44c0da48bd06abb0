package io.netsentinel.channels;

/// Why a range is in memory. The two do not take each other's place: somebody who reads a million
/// old events does not push out the newest ones, which all others are about to need.
enum Lane {
    /// It has just been committed, or was encoded of that.
    NEW,
    /// It was read from the log for somebody who is behind.
    READ
}
