package io.netsentinel.queuing;

/// One row of a [Table].
///
/// @param key its key
/// @param value its value; never change the bytes
@SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed through without copies
public record Row(String key, byte[] value) {}
