package io.netsentinel.transport;

/// What a client says about itself.
///
/// @param client its stable id, unique for its user
/// @param name what to call it, may be empty
/// @param version its version, may be empty
record Hello(String client, String name, String version) {}
