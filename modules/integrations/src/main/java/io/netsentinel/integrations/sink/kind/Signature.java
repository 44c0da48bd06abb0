package io.netsentinel.integrations.sink.kind;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs what is posted, so that the receiver knows who sent it and that nothing was changed. The
/// time is part of what is signed: an old request cannot be sent again later.
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Signature(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// `v1=` and the HMAC-SHA256, in hexadecimal, of the seconds, a dot and the body.
    String of(long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
