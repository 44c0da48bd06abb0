package io.netsentinel.detection.stix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Ids that are the same each time (UUIDv5), so that who takes a bundle twice has everything once.
final class StixId {
    /// Of the specification, for observables.
    private static final UUID OBSERVABLES = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /// Our own, for everything else.
    private static final UUID OWN = UUID.fromString("6f1d2f0c-5a0e-5b7c-9a53-0d6c5e1f7b41");

    private StixId() {}

    /// Of an observable.
    ///
    /// @param properties its identifying properties as canonical JSON
    static String observable(String type, String properties) {
        return type + "--" + uuid(OBSERVABLES, properties);
    }

    /// Of any other object.
    ///
    /// @param name what tells it from others of its type
    static String own(String type, String name) {
        return type + "--" + uuid(OWN, type + ":" + name);
    }

    private static UUID uuid(UUID space, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(
                    ByteBuffer.allocate(16)
                            .putLong(space.getMostSignificantBits())
                            .putLong(space.getLeastSignificantBits())
                            .flip());
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
