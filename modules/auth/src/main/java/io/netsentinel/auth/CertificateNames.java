package io.netsentinel.auth;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Names that were signed in by a certificate since the start, until the certificate ends: nobody
/// else is to be given one, for the certificate would be refused from then on. Any thread.
final class CertificateNames {
    private static final int MOST = 10_000;

    private final ConcurrentMap<String, Instant> ends = new ConcurrentHashMap<>();
    private final InstantSource clock;

    CertificateNames(InstantSource clock) {
        this.clock = clock;
    }

    void seen(String name, Instant end) {
        if (ends.size() >= MOST) {
            Instant now = clock.instant();
            ends.values().removeIf(ended -> !ended.isAfter(now));
        }
        if (ends.size() < MOST) {
            ends.merge(name, end, CertificateNames::later);
        } else {
            ends.computeIfPresent(name, (_, known) -> later(known, end));
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    boolean isName(String name) {
        Instant end = ends.get(Users.canonical(name));
        return end != null && end.isAfter(clock.instant());
    }
}
