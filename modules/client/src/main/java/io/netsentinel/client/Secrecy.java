package io.netsentinel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/// The encryption of one connection: offers a key, takes the server's, then seals and opens frames.
final class Secrecy {
    /// What stands before the 65 bytes of a point of P-256 in the form the JDK reads and writes.
    private static final byte[] BEFORE_POINT =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private static final int POINT = 65;

    private final KeyPair own;
    private volatile @Nullable FrameCipher opens;
    private volatile @Nullable FrameCipher seals;

    Secrecy() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            own = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("the Java platform lacks a part of the encryption", e);
    }

    /// Whether there are keys.
    boolean agreed() {
        return seals != null;
    }

    /// The key to offer.
    String offer() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw(own.getPublic()));
    }

    private static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length);
    }

    /// Takes the server's answer.
    ///
    /// @throws Frames.MalformedException when it is none
    void accept(ObjectNode answer) throws Frames.MalformedException {
        ByteArrayOutputStream salt = new ByteArrayOutputStream();
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        try {
            salt.writeBytes(raw(own.getPublic()));
            for (String name : new String[] {"key", "identity"}) {
                byte[] key = Base64.getUrlDecoder().decode(answer.path(name).asText());
                salt.writeBytes(key);
                secret.writeBytes(shared(key));
            }
            FrameCipher.Agreement agreement =
                    new FrameCipher.Agreement(
                            salt.toByteArray(),
                            secret.toByteArray(),
                            Math.max(1, answer.path("framesPerKey").asInt()));
            opens = FrameCipher.opening("server", agreement);
            seals = FrameCipher.sealing("client", agreement);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Frames.MalformedException("keys of the server that are none");
        }
    }

    private byte[] shared(byte[] point) throws GeneralSecurityException {
        if (point.length != POINT) {
            throw new InvalidKeyException("a point has " + POINT + " bytes");
        }
        byte[] encoded = Arrays.copyOf(BEFORE_POINT, BEFORE_POINT.length + POINT);
        System.arraycopy(point, 0, encoded, BEFORE_POINT.length, POINT);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded)), true);
        return agreement.generateSecret();
    }

    byte[] seal(byte[] frame) {
        FrameCipher cipher = seals;
        try {
            return cipher == null ? frame : cipher.next(frame);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    byte[] open(byte[] frame) throws Frames.MalformedException {
        FrameCipher cipher = opens;
        if (cipher == null) {
            return frame;
        }
        try {
            return cipher.next(frame);
        } catch (GeneralSecurityException e) {
            throw new Frames.MalformedException("a frame that cannot be decrypted");
        }
    }
}
