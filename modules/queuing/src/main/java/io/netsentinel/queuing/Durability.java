package io.netsentinel.queuing;

/// What an acknowledged event survives.
public enum Durability {
    /// The end of this process in any way, `kill -9` included: the operating system has every
    /// acknowledged byte.
    PROCESS,
    /// A power cut and the end of the operating system as well: the disk has it. Each group waits
    /// for the disk, which takes milliseconds.
    POWER
}
