package io.netsentinel.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/// One key of an outside identity provider, and the tokens it signs.
///
/// @param id its `kid`
/// @param algorithm what it signs with
/// @param pair the key
record Provider(String id, String algorithm, KeyPair pair) {
    static Provider of(String id, String algorithm) {
        try {
            return new Provider(id, algorithm, generator(algorithm).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPairGenerator generator(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator;
        switch (algorithm) {
            case "ES256", "ES384", "ES512" -> {
                generator = KeyPairGenerator.getInstance("EC");
                String bits = algorithm.equals("ES512") ? "521" : algorithm.substring(2);
                generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
            }
            case "EdDSA" -> generator = KeyPairGenerator.getInstance("Ed25519");
            default -> {
                generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2_048);
            }
        }
        return generator;
    }

    /// `{"keys":[…]}` of some keys.
    static String set(Provider... keys) {
        return "{\"keys\":["
                + String.join(",", Arrays.stream(keys).map(Provider::jwk).toList())
                + "]}";
    }

    String jwk() {
        String head = "\"kid\":\"%s\",\"alg\":\"%s\",\"use\":\"sig\"".formatted(id, algorithm);
        PublicKey key = pair.getPublic();
        return switch (key) {
            case RSAPublicKey rsa ->
                    "{\"kty\":\"RSA\",%s,\"n\":\"%s\",\"e\":\"%s\"}"
                            .formatted(
                                    head,
                                    number(rsa.getModulus()),
                                    number(rsa.getPublicExponent()));
            case ECPublicKey ec ->
                    "{\"kty\":\"EC\",%s,\"crv\":\"P-%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                            .formatted(
                                    head,
                                    algorithm.equals("ES512") ? "521" : algorithm.substring(2),
                                    number(ec.getW().getAffineX()),
                                    number(ec.getW().getAffineY()));
            case EdECPublicKey _ -> {
                byte[] encoded = key.getEncoded();
                byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
                yield "{\"kty\":\"OKP\",%s,\"crv\":\"Ed25519\",\"x\":\"%s\"}"
                        .formatted(head, Forge.encode(raw));
            }
            default -> throw new IllegalStateException(key.toString());
        };
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Forge.encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    String token(String claims) {
        return token(Forge.header(algorithm, id, "at+jwt", ""), claims);
    }

    String token(String header, String claims) {
        String signed = Forge.encode(header) + "." + Forge.encode(claims);
        try {
            Signature signer = signer();
            signer.initSign(pair.getPrivate());
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Forge.encode(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Signature signer() throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
            case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            case "PS" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(
                        new PSSParameterSpec(
                                "SHA-" + bits,
                                "MGF1",
                                new MGF1ParameterSpec("SHA-" + bits),
                                Integer.parseInt(bits) / 8,
                                1));
                yield pss;
            }
            default -> Signature.getInstance("Ed25519");
        };
    }
}
