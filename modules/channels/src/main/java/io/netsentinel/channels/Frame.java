package io.netsentinel.channels;

/// A message, or several, as they go over a WebSocket.
///
/// @param bytes often shared by many connections, so never change them
/// @param binary whether the frame is binary; else it is text
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: encoded once for all
public record Frame(byte[] bytes, boolean binary) {}
