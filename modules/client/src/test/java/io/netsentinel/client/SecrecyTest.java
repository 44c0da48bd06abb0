package io.netsentinel.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A client that encrypts its messages.
final class SecrecyTest {
    private static final int FRAMES = 4;
    private static final byte[] BEFORE_POINT =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private final Fixture fixture = new Fixture();
    private final Recorder recorder = new Recorder();
    private final KeyPair identity = pair();
    private Optional<FrameCipher> seals = Optional.empty();
    private Optional<FrameCipher> opens = Optional.empty();

    @AfterEach
    void end() {
        fixture.close();
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length);
    }

    private static String text(PublicKey key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw(key));
    }

    private static byte[] shared(KeyPair own, byte[] point) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("EC")
                        .generatePublic(new X509EncodedKeySpec(joined(BEFORE_POINT, point))),
                true);
        return agreement.generateSecret();
    }

    private static byte[] joined(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /// Answers the offer of keys.
    private FakePeer agreed() {
        fixture.encryption = fixture.encryption.or(() -> Optional.of(""));
        fixture.token = Optional.of(() -> "SECRET");
        fixture.follow(recorder);
        FakePeer peer = fixture.server.next();
        ObjectNode offer = peer.next("connect");
        assertThat(offer.has("token")).isFalse();
        byte[] client = Base64.getUrlDecoder().decode(offer.path("encrypt").path("key").asText());
        KeyPair fresh = pair();
        try {
            FrameCipher.Agreement agreement =
                    new FrameCipher.Agreement(
                            joined(client, raw(fresh.getPublic()), raw(identity.getPublic())),
                            joined(shared(fresh, client), shared(identity, client)),
                            FRAMES);
            seals = Optional.of(FrameCipher.sealing("server", agreement));
            opens = Optional.of(FrameCipher.opening("client", agreement));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        peer.opening(frame -> {
            try {
                return opens.orElseThrow().next(frame);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        });
        peer.say(
                "{'type':'encrypted','id':%d,'key':'%s','identity':'%s','framesPerKey':%d}"
                        .formatted(
                                offer.path("id").asLong(),
                                text(fresh.getPublic()),
                                text(identity.getPublic()),
                                FRAMES));
        return peer;
    }

    private byte[] sealed(String text) {
        try {
            return seals.orElseThrow().next(text.replace('\'', '"').getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private FakePeer connected() {
        FakePeer peer = agreed();
        ObjectNode connect = peer.next("connect");
        assertThat(connect.path("token").asText()).isEqualTo("SECRET");
        long id = connect.path("id").asLong();
        peer.sayBytes(
                sealed(
                        "[{'type':'subscribed','id':%d,'sub':'alerts','channel':'alerts','epoch':'e1','start':0,'tail':0,'first':1},{'type':'connected','id':%d,'session':'s','user':'u','time':1}]"
                                .formatted(id, id)));
        return peer;
    }

    @Test
    void keysComeBeforeTheTokenAndChangeWithoutLosingAnything() throws Exception {
        FakePeer peer = connected();
        for (int n = 1; n <= 30; n++) {
            peer.sayBytes(sealed(FakePeer.event("alerts", n, n - 1)));
        }
        recorder.await(30);
        for (int n = 0; n < 10; n++) {
            var page = fixture.client().history(HistoryRequest.of("alerts"));
            long id = peer.next("history").path("id").asLong();
            peer.sayBytes(
                    sealed("{'type':'history','id':%d,'epoch':'e1','events':[]}".formatted(id)));
            assertThat(page.get().events()).isEmpty();
        }
    }

    @Test
    void aFrameThatComesTwiceEndsTheConnectionAndTheClientComesBack() {
        FakePeer peer = connected();
        byte[] one = sealed(FakePeer.event("alerts", 1, 0));
        peer.sayBytes(one);
        recorder.await(1);
        peer.sayBytes(one);
        assertThat(fixture.server.next().next("connect").has("encrypt")).isTrue();
    }

    @Test
    void aFrameInTheOpenEndsTheConnectionAndTheClientComesBack() {
        FakePeer peer = connected();
        peer.say(FakePeer.event("alerts", 1, 0));
        assertThat(fixture.server.next().next("connect").has("encrypt")).isTrue();
    }

    @Test
    void aServerWithAnotherKeyThanTheOneGivenGetsNoToken() {
        fixture.encryption = Optional.of(text(pair().getPublic()));
        FakePeer peer = agreed();
        assertThat(fixture.awaitClosed().reason()).contains("another key");
        assertThat(peer.count("connect")).isZero();
    }

    @Test
    void aServerWithTheKeyGivenIsTaken() {
        fixture.encryption = Optional.of(text(identity.getPublic()));
        assertThat(agreed().next("connect").path("token").asText()).isEqualTo("SECRET");
    }

    /// Values made with another implementation; the server's test has the same.
    @Test
    void framesAreTheKnownOnesAcrossAChangeOfTheKey() throws Exception {
        byte[] salt =
                HexFormat.of()
                        .parseHex(
                                "04eb72df8d977165de80499532a268530cd607775d160ebb588832ff518697656147741e19ab55fe615232386b74224b7ef5fade207808b6cd13731cf5273f640204292f85927a8f1f5af272908e0216a273c1d55bf575ec4e11071dfeae1c1316069296c0b17f83a2ca98ee0b8fc8f26609a5b0714bb82e497f054d70075871b970042475b1acbe8c58c6e92a51791be1142d8a4727933a3e711d95e83ae95d110afa650b848a41965cde7f00a25837ec61fc78cb9eaad01b8429564ccfa1c1586c98");
        byte[] secret =
                HexFormat.of()
                        .parseHex(
                                "21477556b884dd2d6f2870c32d79d79c7cc7e1216658a05de46b3c47092cd6434c2b1b34afdaa2f1c3b2e3bcd2544e977a1efcc8ab570ad17f117b9f970e3281");
        FrameCipher cipher =
                FrameCipher.sealing("client", new FrameCipher.Agreement(salt, secret, 2));
        assertThat(HexFormat.of().formatHex(cipher.next("{\"type\":\"pong\"}".getBytes(UTF_8))))
                .isEqualTo("345822a6f86c6058ca74e719b8af8009be0c99446dd0b7891049ccd65f9873");
        assertThat(HexFormat.of().formatHex(cipher.next(new byte[0])))
                .isEqualTo("c6c4e1654513d3de2120a9fff113a06c");
        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        cipher.next("{\"type\":\"ping\",\"n\":3}".getBytes(UTF_8))))
                .isEqualTo(
                        "2967d32bbd85e4edd0555f2884fe17e46a64bdc8be07acc15414e317ab4c9e8bc1e26a1e12");
        assertThatThrownBy(() ->
                        FrameCipher.opening("client", new FrameCipher.Agreement(salt, secret, 2))
                                .next(new byte[16]))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
