package io.netsentinel.webui;

import java.util.Locale;

/// Numbers as people read them.
final class Numbers {
    private Numbers() {}

    /// `1,234,567`.
    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// A rate: whole from 10 on, one decimal below.
    static String rate(double value) {
        return value >= 10 || value == 0
                ? whole(Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
    }

    /// `3.2 MiB`.
    static String bytes(long value) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double shown = value;
        int unit = 0;
        while (shown >= 1_024 && unit < units.length - 1) {
            shown /= 1_024;
            unit++;
        }
        return unit == 0
                ? whole(value) + " " + units[0]
                : String.format(Locale.ROOT, "%.1f %s", shown, units[unit]);
    }

    /// `1 alert`, `2 alerts`.
    static String count(long value, String one) {
        return whole(value) + " " + one + (value == 1 ? "" : "s");
    }
}
