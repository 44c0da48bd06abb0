package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.FLAG;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.detection.TopologySettings;
import java.time.Duration;

/// The settings under `topology`: what is kept of who talks to whom.
public final class TopologyKeys {
    private static final TopologySettings TOPOLOGY = TopologySettings.defaults();
    private static final String A_NUMBER = "a number";

    public static final Key<Boolean> ENABLED =
            Key.of(
                    "topology.enabled",
                    FLAG,
                    TOPOLOGY.enabled(),
                    "`false` keeps nothing of who talks to whom. It also needs `detection.enabled`.");
    public static final Key<Integer> HOSTS =
            Key.of(
                    "topology.hosts",
                    count(A_NUMBER, 100, 500_000),
                    TOPOLOGY.hosts(),
                    "The most hosts; beyond it the least recent are given up, those outside first.");
    public static final Key<Integer> EDGES =
            Key.of(
                    "topology.edges",
                    count(A_NUMBER, 100, 500_000),
                    TOPOLOGY.edges(),
                    "The most pairs of hosts that talk; beyond it the least recent are given up, those outside first.");
    public static final Key<Integer> SERVICES =
            Key.of(
                    "topology.services",
                    count(A_NUMBER, 1, 1_000),
                    TOPOLOGY.services(),
                    "The most services of one host; further ones are counted only.");
    public static final Key<Duration> LEARNING =
            Key.of(
                    "topology.learning",
                    DURATION,
                    TOPOLOGY.learning(),
                    "So long after its first contact everything in the network is new, and nothing is found of newcomers.");
    public static final Key<Duration> EVERY =
            Key.of(
                    "topology.every",
                    DURATION,
                    TOPOLOGY.every(),
                    "So often the channel `topology` tells what has changed (1s to 1h); what is new it tells within a second or two.");
    public static final Key<Duration> FORGET =
            Key.of(
                    "topology.forget",
                    DURATION,
                    TOPOLOGY.forget(),
                    "What was not seen for so long is gone.");

    static final Section SECTION =
            Section.of(
                    "Topology",
                    "What is kept of who talks to whom.",
                    ENABLED,
                    HOSTS,
                    EDGES,
                    SERVICES,
                    LEARNING,
                    EVERY,
                    FORGET);

    private TopologyKeys() {}
}
