package io.netsentinel.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Counts handshakes and connections by the address they come from. Of an IPv6 address the first 64
/// bits count: whoever has one has all the others behind it.
final class AddressLimits {
    private static final int NETWORK_BYTES = 8;

    /// From so many addresses on, those without a connection are forgotten now and then.
    private static final int MANY = 10_000;

    private final int rate;
    private final int most;
    private final Networks exempt;
    private final Map<ByteBuffer, Use> uses = new HashMap<>();
    private int nextSweep = MANY;

    AddressLimits(ProtocolSettings.Limits limits) {
        this.rate = limits.connectRatePerAddress();
        this.most = limits.connectionsPerAddress();
        this.exempt = Networks.of(limits.exempt());
    }

    /// What one address uses.
    private static final class Use {
        private final TokenBucket handshakes;
        private int connections;

        Use(TokenBucket handshakes) {
            this.handshakes = handshakes;
        }
    }

    /// What became of a handshake.
    enum Answer {
        /// It counts as a connection until it is released.
        ADMITTED,
        /// Handshakes come too fast.
        TOO_FAST,
        /// There are too many connections.
        TOO_MANY
    }

    /// A handshake from this address.
    synchronized Answer admit(InetAddress address, long now) {
        if (exempt.contains(address)) {
            return Answer.ADMITTED;
        }
        sweep(now);
        Use use =
                uses.computeIfAbsent(key(address), _ -> new Use(new TokenBucket(rate, rate, now)));
        if (use.handshakes.take(now) > 0) {
            return Answer.TOO_FAST;
        }
        if (use.connections >= most) {
            return Answer.TOO_MANY;
        }
        use.connections++;
        return Answer.ADMITTED;
    }

    /// A connection from this address is over.
    synchronized void release(InetAddress address) {
        Use use = uses.get(key(address));
        if (use != null && use.connections > 0) {
            use.connections--;
        }
    }

    private void sweep(long now) {
        if (uses.size() >= nextSweep) {
            uses.values().removeIf(use -> use.connections == 0 && use.handshakes.full(now));
            nextSweep = Math.max(MANY, uses.size() * 2);
        }
    }

    private static ByteBuffer key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(
                address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
