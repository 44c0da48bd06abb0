package io.netsentinel.auth;

import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A public key of an outside issuer with the one algorithm it verifies. The algorithm is the key's
/// own, never the token's choice.
///
/// @param id its `kid`
/// @param algorithm `RS256`, `ES256`, …
/// @param key the key itself
record VerifyingKey(String id, String algorithm, PublicKey key) {
    static final List<String> RSA_ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");

    private static final int SMALLEST_RSA = 2_048;
    private static final int LARGEST_RSA = 8_192;
    private static final Map<String, String> CURVE_ALGORITHMS =
            Map.of("P-256", "ES256", "P-384", "ES384", "P-521", "ES512");
    private static final Map<String, String> CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");
    private static final List<String> PRIVATE = List.of("d", "p", "q", "k");

    /// Reads a key of a set.
    ///
    /// @param rsaAlgorithm the algorithm of an RSA key that does not name its own
    /// @return empty for what is meant for something else, as key sets may hold: keys for
    ///   encryption, of other kinds, without an id
    /// @throws IllegalArgumentException when a key for signatures is weak, malformed or not public
    static Optional<VerifyingKey> of(JsonObject jwk, String rsaAlgorithm) {
        String id = jwk.getString("kid", "");
        if (id.isEmpty() || !jwk.getString("use", "sig").equals("sig")) {
            return Optional.empty();
        }
        try {
            return switch (jwk.getString("kty", "")) {
                case "RSA" -> rsa(id, jwk, rsaAlgorithm);
                case "EC" -> ec(id, jwk);
                case "OKP" -> okp(id, jwk);
                case "oct" ->
                        throw new IllegalArgumentException(
                                "a symmetric key cannot be an outside issuer's: whoever verifies"
                                        + " with it could issue");
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a key is malformed", e);
        }
    }

    /// Whether this key has made the signature.
    boolean verifies(byte[] signed, byte[] signature) {
        try {
            Signature verifier = verifier();
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false; // a signature of the wrong length or form
        }
    }

    private Signature verifier() throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
            case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            case "PS" -> pss(bits);
            default -> Signature.getInstance("Ed25519");
        };
    }

    private static Signature pss(String bits) throws GeneralSecurityException {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(
                new PSSParameterSpec(
                        "SHA-" + bits,
                        "MGF1",
                        new MGF1ParameterSpec("SHA-" + bits),
                        Integer.parseInt(bits) / Byte.SIZE,
                        PSSParameterSpec.TRAILER_FIELD_BC));
        return pss;
    }

    private static Optional<VerifyingKey> rsa(String id, JsonObject jwk, String usual)
            throws GeneralSecurityException {
        String algorithm = jwk.getString("alg", usual);
        if (!RSA_ALGORITHMS.contains(algorithm)) {
            return Optional.empty();
        }
        requirePublic(jwk);
        BigInteger modulus = number(jwk, "n");
        if (modulus.bitLength() < SMALLEST_RSA || modulus.bitLength() > LARGEST_RSA) {
            throw new IllegalArgumentException(
                    "an RSA key has " + modulus.bitLength() + " bits, 2048 to 8192 are accepted");
        }
        PublicKey key =
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(modulus, number(jwk, "e")));
        return Optional.of(new VerifyingKey(id, algorithm, key));
    }

    private static Optional<VerifyingKey> ec(String id, JsonObject jwk)
            throws GeneralSecurityException {
        String curve = jwk.getString("crv", "");
        String algorithm = CURVE_ALGORITHMS.getOrDefault(curve, "");
        if (algorithm.isEmpty() || !jwk.getString("alg", algorithm).equals(algorithm)) {
            return Optional.empty();
        }
        requirePublic(jwk);
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(CURVES.getOrDefault(curve, "")));
        ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        PublicKey key =
                KeyFactory.getInstance("EC")
                        .generatePublic(
                                new ECPublicKeySpec(
                                        point, parameters.getParameterSpec(ECParameterSpec.class)));
        return Optional.of(new VerifyingKey(id, algorithm, key));
    }

    private static Optional<VerifyingKey> okp(String id, JsonObject jwk)
            throws GeneralSecurityException {
        if (!jwk.getString("crv", "").equals("Ed25519")
                || !jwk.getString("alg", "EdDSA").equals("EdDSA")) {
            return Optional.empty();
        }
        requirePublic(jwk);
        byte[] bytes = bytes(jwk, "x");
        if (bytes.length != 32) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
        }
        // little-endian, the highest bit is the sign of x
        boolean odd = (bytes[31] & 0x80) != 0;
        bytes[31] &= 0x7f;
        byte[] big = new byte[32];
        for (int i = 0; i < big.length; i++) {
            big[i] = bytes[31 - i];
        }
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, big));
        PublicKey key =
                KeyFactory.getInstance("Ed25519")
                        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        return Optional.of(new VerifyingKey(id, "EdDSA", key));
    }

    private static void requirePublic(JsonObject jwk) {
        if (PRIVATE.stream().anyMatch(jwk::containsKey)) {
            throw new IllegalArgumentException(
                    "a key holds its private part, which must not be here: anybody who can read the"
                            + " set could sign in as anybody");
        }
    }

    private static BigInteger number(JsonObject jwk, String name) {
        return new BigInteger(1, bytes(jwk, name));
    }

    private static byte[] bytes(JsonObject jwk, String name) {
        return Base64.getUrlDecoder().decode(jwk.getString(name, ""));
    }
}
