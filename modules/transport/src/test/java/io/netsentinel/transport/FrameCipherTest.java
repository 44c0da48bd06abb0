package io.netsentinel.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Frames of encrypted connections, against values made with another implementation of ECDH, HKDF
/// and AES-GCM (OpenSSL, by Node's crypto).
final class FrameCipherTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final List<String> TEXTS =
            List.of("{\"type\":\"pong\"}", "", "{\"type\":\"ping\",\"n\":3}");

    private static final String CLIENT =
            "04eb72df8d977165de80499532a268530cd607775d160ebb588832ff518697656147741e19ab55fe615232386b74224b7ef5fade207808b6cd13731cf5273f6402";

    private static KeyPair pair(String secret, String open) throws GeneralSecurityException {
        ECPublicKey any = (ECPublicKey) P256.generate().getPublic();
        return new KeyPair(
                P256.read(HEX.parseHex(open), any),
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new ECPrivateKeySpec(new BigInteger(secret, 16), any.getParams())));
    }

    private static MessageEncryption.Agreed known(int frames) throws GeneralSecurityException {
        KeyPair fresh =
                pair(
                        "020910171e252c333a41484f565d646b727980878e959ca3aab1b8bfc6cdd4db",
                        "04292f85927a8f1f5af272908e0216a273c1d55bf575ec4e11071dfeae1c1316069296c0b17f83a2ca98ee0b8fc8f26609a5b0714bb82e497f054d70075871b970");
        KeyPair identity =
                pair(
                        "030a11181f262d343b424950575e656c737a81888f969da4abb2b9c0c7ced5dc",
                        "042475b1acbe8c58c6e92a51791be1142d8a4727933a3e711d95e83ae95d110afa650b848a41965cde7f00a25837ec61fc78cb9eaad01b8429564ccfa1c1586c98");
        return MessageEncryption.agree(HEX.parseHex(CLIENT), fresh, identity, frames);
    }

    private static FrameCipher.Agreement agreement(int frames) {
        return new FrameCipher.Agreement(new byte[] {1}, new byte[] {2}, frames);
    }

    private static FrameCipher sealing(int frames) throws GeneralSecurityException {
        return FrameCipher.sealing(FrameCipher.Sender.CLIENT, agreement(frames));
    }

    private static FrameCipher opening(int frames) throws GeneralSecurityException {
        return FrameCipher.opening(FrameCipher.Sender.CLIENT, agreement(frames));
    }

    @Test
    void framesOfTheServerAreTheKnownOnesAcrossAChangeOfTheKey() throws Exception {
        FrameCipher cipher = known(2).seals();
        List<String> frames =
                List.of(
                        "4e99fbf58109ca76b75818e91e7546517b681f24954dc58c697dbf5d376f1e",
                        "564c6bc5dfac5d26d11ed63438caf6e9",
                        "0a0df8f80e48b0b2465c5a5fae3f7733a3ba8d4e4451ec99f054de2d384c5343608ca5e080");
        for (int i = 0; i < frames.size(); i++) {
            assertThat(HEX.formatHex(cipher.next(TEXTS.get(i).getBytes(UTF_8))))
                    .isEqualTo(frames.get(i));
        }
    }

    @Test
    void knownFramesOfAClientAreOpenedAcrossAChangeOfTheKey() throws Exception {
        FrameCipher cipher = known(2).opens();
        List<String> frames =
                List.of(
                        "345822a6f86c6058ca74e719b8af8009be0c99446dd0b7891049ccd65f9873",
                        "c6c4e1654513d3de2120a9fff113a06c",
                        "2967d32bbd85e4edd0555f2884fe17e46a64bdc8be07acc15414e317ab4c9e8bc1e26a1e12");
        for (int i = 0; i < frames.size(); i++) {
            assertThat(new String(cipher.next(HEX.parseHex(frames.get(i))), UTF_8))
                    .isEqualTo(TEXTS.get(i));
        }
    }

    @Test
    void theSameMessageIsNeverTheSameFrameBecauseNoNonceIsUsedTwice() throws Exception {
        FrameCipher cipher = sealing(16);
        Set<String> frames = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            frames.add(HEX.formatHex(cipher.next("same".getBytes(UTF_8))));
        }
        assertThat(frames).hasSize(1_000);
    }

    @Test
    void theDirectionsHaveDifferentKeys() throws Exception {
        FrameCipher client = FrameCipher.sealing(FrameCipher.Sender.CLIENT, agreement(16));
        FrameCipher server = FrameCipher.sealing(FrameCipher.Sender.SERVER, agreement(16));
        assertThat(client.next(new byte[4])).isNotEqualTo(server.next(new byte[4]));
        byte[] own = client.next(new byte[4]);
        FrameCipher other = FrameCipher.opening(FrameCipher.Sender.SERVER, agreement(16));
        assertThatThrownBy(() -> other.next(own)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void everyChangedBitIsFound() throws Exception {
        byte[] frame = sealing(16).next("{\"a\":1}".getBytes(UTF_8));
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] changed = frame.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            FrameCipher cipher = opening(16);
            assertThatThrownBy(() -> cipher.next(changed))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void aFrameThatComesTwiceOrEarlyOrLateOrShortenedIsNotOpened() throws Exception {
        FrameCipher seals = sealing(2);
        byte[] one = seals.next(new byte[] {1});
        byte[] two = seals.next(new byte[] {2});
        byte[] three = seals.next(new byte[] {3}); // of the second key
        FrameCipher again = opening(2);
        assertThat(again.next(one)).containsExactly(1);
        assertThatThrownBy(() -> again.next(one)).isInstanceOf(GeneralSecurityException.class);
        FrameCipher early = opening(2);
        assertThatThrownBy(() -> early.next(two)).isInstanceOf(GeneralSecurityException.class);
        FrameCipher late = opening(2);
        late.next(one);
        assertThatThrownBy(() -> late.next(three)).isInstanceOf(GeneralSecurityException.class);
        FrameCipher cut = opening(2);
        byte[] shortened = java.util.Arrays.copyOf(one, one.length - 1);
        assertThatThrownBy(() -> cut.next(shortened)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aKeyThatIsNoPointOfTheCurveIsRefused() throws Exception {
        ECPublicKey curve = (ECPublicKey) P256.generate().getPublic();
        byte[] good = P256.write(curve);
        assertThat(P256.write(P256.read(good, curve))).isEqualTo(good);
        for (int at : List.of(0, 1, 40, 64)) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertThatThrownBy(() -> P256.read(bad, curve)).isInstanceOf(InvalidKeyException.class);
        }
        byte[] above = good.clone();
        java.util.Arrays.fill(above, 1, 33, (byte) 0xff); // x is not below the prime
        for (byte[] bad : List.of(above, new byte[0], new byte[65], new byte[66])) {
            assertThatThrownBy(() -> P256.read(bad, curve)).isInstanceOf(InvalidKeyException.class);
        }
    }

    @Test
    void publicKeysWithLeadingZerosAreWrittenInFull() throws Exception {
        // a coordinate begins with a zero byte in one key of 128
        for (int i = 0; i < 600; i++) {
            KeyPair pair = P256.generate();
            byte[] raw = P256.write(pair.getPublic());
            assertThat(raw).hasSize(P256.LENGTH);
            assertThat(P256.read(raw, pair.getPublic())).isEqualTo(pair.getPublic());
        }
    }
}
