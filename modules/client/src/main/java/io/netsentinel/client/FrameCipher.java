package io.netsentinel.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One direction of an encrypted connection: AES-256-GCM, the nonce counts, and after so many
/// frames comes the next key. Used by one thread at a time.
final class FrameCipher {
    private static final int TAG_BITS = 128;
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int SECRET = 32;

    private final int mode;
    private final byte[] salt;
    private final byte[] info;
    private final int frames;
    private final Cipher cipher;
    private SecretKeySpec key = new SecretKeySpec(new byte[KEY], "AES");
    private byte[] first = {};
    private byte[] secret;
    private long count;

    /// What both sides know.
    ///
    /// @param salt the public keys
    /// @param secret what was agreed on
    /// @param frames how many frames a key is good for
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Agreement(byte[] salt, byte[] secret, int frames) {}

    private FrameCipher(int mode, String sender, Agreement agreement)
            throws GeneralSecurityException {
        this.mode = mode;
        salt = agreement.salt();
        info = ("netsentinel.v1 " + sender).getBytes(StandardCharsets.US_ASCII);
        frames = agreement.frames();
        secret = agreement.secret();
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
        nextKey();
    }

    static FrameCipher sealing(String sender, Agreement agreement) throws GeneralSecurityException {
        return new FrameCipher(Cipher.ENCRYPT_MODE, sender, agreement);
    }

    static FrameCipher opening(String sender, Agreement agreement) throws GeneralSecurityException {
        return new FrameCipher(Cipher.DECRYPT_MODE, sender, agreement);
    }

    private void nextKey() throws GeneralSecurityException {
        byte[] derived =
                KDF.getInstance("HKDF-SHA256")
                        .deriveData(
                                HKDFParameterSpec.ofExtract()
                                        .addIKM(secret)
                                        .addSalt(salt)
                                        .thenExpand(info, KEY + NONCE + SECRET));
        key = new SecretKeySpec(derived, 0, KEY, "AES");
        first = Arrays.copyOfRange(derived, KEY, KEY + NONCE);
        secret = Arrays.copyOfRange(derived, KEY + NONCE, derived.length);
        count = 0;
    }

    /// The next frame, sealed or opened.
    byte[] next(byte[] frame) throws GeneralSecurityException {
        if (count == frames) {
            nextKey();
        }
        byte[] nonce = first.clone();
        long number = count++;
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE - 1 - i] ^= (byte) (number >>> (8 * i));
        }
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher.doFinal(frame);
    }
}
