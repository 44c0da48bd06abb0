package io.netsentinel.detection.topology;

import io.netsentinel.detection.finding.Networks;
import io.netsentinel.events.Cidr;
import io.netsentinel.events.IpAddress;

/// Where a host is drawn. It depends on its address alone, so that it is the same tomorrow, on
/// every screen and whoever else is there.
///
/// @param cluster its network: /24 or /64, outside /16 or /32
/// @param x 0 to 1
/// @param y 0 to 1
record Place(String cluster, double x, double y) {
    private static final String V4 = "/24";
    private static final String V6 = "/64";
    private static final String V4_OUTSIDE = "/16";
    private static final String V6_OUTSIDE = "/32";
    private static final double MIDDLE = 0.5;

    /// The networks inside lie in the middle, the internet around them.
    private static final double INSIDE = 0.34;

    private static final double RIM = 0.40;
    private static final double RIM_DEPTH = 0.07;
    private static final double CLUSTER = 0.055;

    /// Turning by it, points on a spiral never come to lie on one another.
    private static final double GOLDEN = Math.PI * (3 - Math.sqrt(5));

    private static final double SCALE = 10_000;

    static Place of(String ip) {
        IpAddress address = IpAddress.parse(ip).orElse(new IpAddress(0, 0));
        boolean inside = Networks.inside(ip);
        String cluster = cluster(address, inside);
        long hash = mix(cluster);
        double turn = 2 * Math.PI * part(hash, 0);
        double depth = inside ? INSIDE * Math.sqrt(part(hash, 1)) : RIM + RIM_DEPTH * part(hash, 1);
        int member = member(address);
        double reach = CLUSTER * Math.sqrt((member + MIDDLE) / 256);
        double angle = member * GOLDEN;
        return new Place(
                cluster,
                rounded(MIDDLE + depth * Math.cos(turn) + reach * Math.cos(angle)),
                rounded(MIDDLE + depth * Math.sin(turn) + reach * Math.sin(angle)));
    }

    private static String cluster(IpAddress address, boolean inside) {
        String prefix = address.v4() ? (inside ? V4 : V4_OUTSIDE) : (inside ? V6 : V6_OUTSIDE);
        return Cidr.parse(address.text() + prefix).map(Cidr::text).orElse("");
    }

    private static int member(IpAddress address) {
        long low = address.low();
        return (int) (address.v4() ? low & 0xFF : (low ^ (low >>> 8) ^ (low >>> 16)) & 0xFF);
    }

    private static double part(long hash, int which) {
        return ((hash >>> (which * 24)) & 0xFF_FFFF) / (double) 0x100_0000;
    }

    /// FNV-1a, and the end of SplitMix: nearby networks lie far apart.
    private static long mix(String text) {
        long hash = 0xcbf2_9ce4_8422_2325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100_0000_01b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return hash ^ (hash >>> 31);
    }

    private static double rounded(double value) {
        return Math.round(value * SCALE) / SCALE;
    }
}
