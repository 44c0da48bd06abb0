package io.netsentinel.integrations.file;

import java.time.Duration;

/// What is made of capture files.
///
/// @param packets whether each packet becomes an event, or only the flows
/// @param mostFlows how many flows of a file are held at most
/// @param endAfter after so much time without any more of it a file is taken to be over
record CaptureSettings(boolean packets, int mostFlows, Duration endAfter) {}
