package io.netsentinel.detection.finding;

/// A score and how it comes about.
record Score(int value, String why) {}
