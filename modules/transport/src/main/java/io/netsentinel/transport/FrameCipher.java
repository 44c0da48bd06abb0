package io.netsentinel.transport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One direction of an encrypted connection: AES-256-GCM with a nonce that counts. Neither the
/// count nor the key's number is sent: both sides count the frames, so one that is missing, comes
/// twice or in another order cannot be opened, like one that was changed.
///
/// Every key is good for so many frames; the next one is derived from a secret that was derived
/// with it, so a key found out later does not open what was before. Used by one thread at a time.
final class FrameCipher {
    /// Bytes by which a frame grows.
    static final int OVERHEAD = 16;

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

    /// Who sends the frames.
    enum Sender {
        CLIENT("netsentinel.v1 client"),
        SERVER("netsentinel.v1 server");

        private final String info;

        Sender(String info) {
            this.info = info;
        }
    }

    /// What both sides know.
    ///
    /// @param salt the public keys
    /// @param secret what was agreed on
    /// @param frames how many frames a key is good for
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Agreement(byte[] salt, byte[] secret, int frames) {}

    private FrameCipher(int mode, Sender sender, Agreement agreement)
            throws GeneralSecurityException {
        this.mode = mode;
        this.salt = agreement.salt();
        this.info = sender.info.getBytes(StandardCharsets.US_ASCII);
        this.frames = agreement.frames();
        this.secret = agreement.secret();
        this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        nextKey();
    }

    /// For frames that are sent.
    static FrameCipher sealing(Sender self, Agreement agreement) throws GeneralSecurityException {
        return new FrameCipher(Cipher.ENCRYPT_MODE, self, agreement);
    }

    /// For frames that are received.
    static FrameCipher opening(Sender other, Agreement agreement) throws GeneralSecurityException {
        return new FrameCipher(Cipher.DECRYPT_MODE, other, agreement);
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
    ///
    /// @throws GeneralSecurityException when it is not the next frame of the other side; nothing
    ///   after it can be opened any more
    byte[] next(byte[] frame) throws GeneralSecurityException {
        if (count == frames) {
            nextKey();
        }
        cipher.init(mode, key, new GCMParameterSpec(8 * OVERHEAD, nonce(count++)));
        return cipher.doFinal(frame);
    }

    /// The first nonce with the count, big-endian, in its last eight bytes (by exclusive or).
    private byte[] nonce(long number) {
        byte[] nonce = first.clone();
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE - 1 - i] ^= (byte) (number >>> (8 * i));
        }
        return nonce;
    }
}
