package io.netsentinel.detection.topology;

/// Networks as the topology draws them.
public final class Clusters {
    private Clusters() {}

    /// The network of an address: /24 or /64, outside /16 or /32.
    public static String of(String ip) {
        return Place.of(ip).cluster();
    }
}
