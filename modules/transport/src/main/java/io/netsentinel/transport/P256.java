package io.netsentinel.transport;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/// Keys on the curve P-256. A public key is written as its uncompressed point: `04`, x, y, 65
/// bytes, which is the format `raw` of Web Cryptography.
final class P256 {
    static final int LENGTH = 65;
    private static final int HALF = 32;
    private static final byte UNCOMPRESSED = 4;
    private static final String CURVE = "secp256r1";

    private P256() {}

    static KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(CURVE));
        return generator.generateKeyPair();
    }

    static byte[] write(PublicKey key) {
        ECPoint point = ((ECPublicKey) key).getW();
        byte[] raw = new byte[LENGTH];
        raw[0] = UNCOMPRESSED;
        put(raw, 1, point.getAffineX());
        put(raw, 1 + HALF, point.getAffineY());
        return raw;
    }

    private static void put(byte[] target, int at, BigInteger number) {
        byte[] bytes = number.toByteArray(); // perhaps with a zero for the sign, perhaps shorter
        int from = Math.max(0, bytes.length - HALF);
        System.arraycopy(
                bytes, from, target, at + HALF - (bytes.length - from), bytes.length - from);
    }

    /// Reads a public key of somebody else.
    ///
    /// @throws InvalidKeyException when it is no point of the curve: with others a private key can
    ///   be found out
    static PublicKey read(byte[] raw, PublicKey ofTheCurve) throws GeneralSecurityException {
        if (raw.length != LENGTH || raw[0] != UNCOMPRESSED) {
            throw new InvalidKeyException("not 65 bytes that begin with 04");
        }
        ECPoint point =
                new ECPoint(
                        new BigInteger(1, Arrays.copyOfRange(raw, 1, 1 + HALF)),
                        new BigInteger(1, Arrays.copyOfRange(raw, 1 + HALF, LENGTH)));
        ECParameterSpec curve = ((ECPublicKey) ofTheCurve).getParams();
        if (!liesOn(curve, point)) {
            throw new InvalidKeyException("not a point of the curve P-256");
        }
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
    }

    private static boolean liesOn(ECParameterSpec curve, ECPoint point) {
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right =
                x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB());
        return x.compareTo(p) < 0
                && y.compareTo(p) < 0
                && y.pow(2).subtract(right).mod(p).signum() == 0;
    }

    /// What both sides, and nobody else, can work out: 32 bytes.
    static byte[] shared(PrivateKey own, PublicKey other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }
}
