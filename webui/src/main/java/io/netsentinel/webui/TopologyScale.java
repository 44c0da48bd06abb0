package io.netsentinel.webui;

import io.netsentinel.detection.TopologyHost;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Which part of the plane is drawn, so that the picture is used from edge to edge: as much of it
/// as the hosts take, in steps of a sixteenth. A host that comes moves the others only when it lies
/// in a part that was empty so far.
///
/// @param left where the part begins, 0 to 1
/// @param right where it ends
record TopologyScale(double left, double right, double top, double bottom) {
    static final int WIDTH = 1_600;
    static final int HEIGHT = 820;
    private static final int SIDE = 40;
    private static final int TOP = 30;

    /// Names stand below their networks.
    private static final int BOTTOM = 50;

    private static final int STEPS = 16;

    /// One network alone is not blown up to fill everything.
    private static final double LEAST = 0.5;

    /// From where to where on one axis.
    private record Part(double from, double to) {
        static Part of(Collection<TopologyHost> hosts, ToDoubleFunction<TopologyHost> axis) {
            double least = hosts.stream().mapToDouble(axis).min().orElse(0);
            double most = hosts.stream().mapToDouble(axis).max().orElse(1);
            double from = Math.clamp(Math.floor(least * STEPS) / STEPS, 0, 1);
            double to = Math.clamp(Math.ceil(most * STEPS) / STEPS, 0, 1);
            if (to - from >= LEAST) {
                return new Part(from, to);
            }
            double begin = Math.clamp((from + to - LEAST) / 2, 0, 1 - LEAST);
            return new Part(begin, begin + LEAST);
        }
    }

    static TopologyScale of(Collection<TopologyHost> hosts) {
        Part across = Part.of(hosts, TopologyHost::x);
        Part down = Part.of(hosts, TopologyHost::y);
        return new TopologyScale(across.from(), across.to(), down.from(), down.to());
    }

    private double wide() {
        return (WIDTH - 2 * SIDE) / (right - left);
    }

    private double high() {
        return (HEIGHT - TOP - BOTTOM) / (bottom - top);
    }

    int x(TopologyHost host) {
        return (int) Math.round(SIDE + (host.x() - left) * wide());
    }

    int y(TopologyHost host) {
        return (int) Math.round(TOP + (host.y() - top) * high());
    }

    /// For a script that puts hosts into their places: `x = a * host.x + b`, the same down, and
    /// where the part of the plane begins and ends.
    String text() {
        return String.format(
                Locale.ROOT,
                "%.3f %.3f %.3f %.3f %.4f %.4f %.4f %.4f",
                wide(),
                SIDE - left * wide(),
                high(),
                TOP - top * high(),
                left,
                right,
                top,
                bottom);
    }
}
