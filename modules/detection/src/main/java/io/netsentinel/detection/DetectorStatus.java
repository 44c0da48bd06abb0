package io.netsentinel.detection;

/// A detector at one moment.
///
/// @param name its name
/// @param tracked hosts, pairs or services it keeps an account of
/// @param evicted accounts it gave up because there were too many
/// @param findings what it told of since the start
public record DetectorStatus(String name, int tracked, long evicted, long findings) {}
