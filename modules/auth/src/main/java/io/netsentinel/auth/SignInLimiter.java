package io.netsentinel.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Makes guessing slow. Every attempt takes from three buckets: this user from this address, this
/// address, this user. A successful sign-in gives back what it took.
///
/// A stranger can empty the bucket of a user, so an address that user has signed in from before
/// does not need it: an attack from elsewhere cannot lock the real person out.
final class SignInLimiter {
    private static final int MOST_BUCKETS = 50_000;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Clock clock;
    private final Rate perBoth;
    private final Rate perAddress;
    private final Rate perUser;
    private final ReentrantLock lock = new ReentrantLock();
    // least recently used first; a forgotten bucket is a full one
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

    private record Rate(int capacity, Duration perToken) {}

    SignInLimiter(AuthSettings settings, Clock clock) {
        this.clock = clock;
        this.perBoth = new Rate(settings.attemptsPerUserAndAddress(), Duration.ofSeconds(30));
        this.perAddress = new Rate(settings.attemptsPerAddress(), Duration.ofSeconds(10));
        this.perUser = new Rate(settings.attemptsPerUser(), Duration.ofSeconds(10));
    }

    /// One attempt.
    static final class Attempt {
        private final List<Bucket> taken;
        private final Bucket both;

        private Attempt(List<Bucket> taken, Bucket both) {
            this.taken = taken;
            this.both = both;
        }
    }

    /// What came of asking for an attempt.
    sealed interface Admission {
        /// Go on, and report a success.
        record Admitted(Attempt attempt) implements Admission {}

        /// Wait first.
        record Wait(Duration time) implements Admission {}
    }

    Admission attempt(String user, InetAddress address) {
        String from = network(address);
        lock.lock();
        try {
            Bucket both = bucket("b " + from + " " + user, perBoth);
            Bucket byAddress = bucket("a " + from, perAddress);
            Bucket byUser = bucket("u " + user, perUser);
            List<Bucket> needed =
                    both.known ? List.of(both, byAddress) : List.of(both, byAddress, byUser);
            Optional<Duration> wait =
                    needed.stream().flatMap(b -> b.wait(clock).stream()).max(Duration::compareTo);
            if (wait.isPresent()) {
                return new Admission.Wait(wait.get());
            }
            needed.forEach(Bucket::take);
            return new Admission.Admitted(new Attempt(needed, both));
        } finally {
            lock.unlock();
        }
    }

    /// One attempt by somebody who is not known by a name yet: they come from the identity
    /// provider.
    Admission attempt(InetAddress address) {
        lock.lock();
        try {
            Bucket bucket = bucket("p " + network(address), perAddress);
            Optional<Duration> wait = bucket.wait(clock);
            if (wait.isPresent()) {
                return new Admission.Wait(wait.get());
            }
            bucket.take();
            return new Admission.Admitted(new Attempt(List.of(bucket), bucket));
        } finally {
            lock.unlock();
        }
    }

    /// The password was right: the attempt is given back, earlier failures are forgiven to this
    /// user at this address, and the address is known from now on.
    void succeeded(Attempt attempt) {
        lock.lock();
        try {
            attempt.taken.forEach(Bucket::giveBack);
            attempt.both.fill();
            attempt.both.known = true;
        } finally {
            lock.unlock();
        }
    }

    /// The attempt did not take place.
    void cancelled(Attempt attempt) {
        lock.lock();
        try {
            attempt.taken.forEach(Bucket::giveBack);
        } finally {
            lock.unlock();
        }
    }

    private Bucket bucket(String key, Rate rate) {
        Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(rate, clock.millis()));
        if (buckets.size() > MOST_BUCKETS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket;
    }

    /// IPv6 hands out networks, not addresses: whoever has one address has 2^64 of them.
    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of()
                .formatHex(
                        address instanceof Inet6Address
                                ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES)
                                : bytes);
    }

    private static final class Bucket {
        private final Rate rate;
        private double tokens;
        private long at;
        private boolean known;

        Bucket(Rate rate, long now) {
            this.rate = rate;
            this.tokens = rate.capacity();
            this.at = now;
        }

        Optional<Duration> wait(Clock clock) {
            long now = clock.millis();
            // a clock that was set back must not take anything away
            double gained = Math.max(0, now - at) / (double) rate.perToken().toMillis();
            tokens = Math.min(rate.capacity(), tokens + gained);
            at = now;
            if (tokens >= 1) {
                return Optional.empty();
            }
            double missing = (1 - tokens) * rate.perToken().toMillis();
            return Optional.of(Duration.ofMillis((long) Math.ceil(missing)));
        }

        void take() {
            tokens -= 1;
        }

        void giveBack() {
            tokens = Math.min(rate.capacity(), tokens + 1);
        }

        void fill() {
            tokens = rate.capacity();
        }
    }
}
