package io.netsentinel.queuing;

/// What an acknowledged event survives.
public enum Durability {
    /// The end of this process in any way, `kill -9` included: the operating system has every
    /// acknowledged byte.
    PROCESS,
    /// A power cut as well. Not available yet: [LogSettings] refuses it.
    POWER
}
