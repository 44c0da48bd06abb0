package io.netsentinel.integrations.pcap;

import io.netsentinel.events.IpAddress;
import java.util.Arrays;

/// The texts of addresses seen lately, by their bits: most packets are of few hosts. For one
/// thread.
public final class AddressTexts {
    private static final int SIZE = 1 << 10;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final IpAddress[] addresses = new IpAddress[SIZE];
    private final String[] texts = new String[SIZE];

    /// Knows none yet.
    public AddressTexts() {
        IpAddress none = new IpAddress(0, 0);
        Arrays.fill(addresses, none);
        Arrays.fill(texts, none.text());
    }

    String text(long high, long low) {
        int place = (int) (((high * 31 + low) * MIX) >>> 54) & (SIZE - 1);
        IpAddress known = addresses[place];
        if (known.low() != low || known.high() != high) {
            known = new IpAddress(high, low);
            addresses[place] = known;
            texts[place] = known.text();
        }
        return texts[place];
    }
}
