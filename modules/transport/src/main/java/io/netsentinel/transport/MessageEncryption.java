package io.netsentinel.transport;

import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreBatch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Agrees with clients on keys for a connection: a key pair made for each connection, so that
/// nothing recorded can be opened later, and one the server keeps, by which a client can tell that
/// nobody stands between. See docs/adr/0011-message-encryption.md.
final class MessageEncryption {
    private static final Logger LOG = System.getLogger(MessageEncryption.class.getName());
    private static final String TABLE = "message-encryption";
    private static final String PRIVATE = "private";
    private static final String PUBLIC = "public";

    private final Store store;
    private final int frames;
    private @Nullable KeyPair identity;

    /// @param frames how many frames a key is good for
    MessageEncryption(Store store, int frames) {
        this.store = store;
        this.frames = frames;
    }

    /// What a connection is encrypted with.
    ///
    /// @param key the server's public key for this connection
    /// @param identity the public key it keeps
    /// @param frames how many frames a key is good for
    /// @param opens what the client sends
    /// @param seals what it is sent
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Agreed(byte[] key, byte[] identity, int frames, FrameCipher opens, FrameCipher seals) {}

    /// Says in the log by which key clients know this server; makes it at the first start.
    void announce() {
        try {
            String key = text(P256.write(identity().getPublic()));
            LOG.log(Level.INFO, () -> "message encryption: the key of this server is " + key);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "message encryption has no key yet", e);
        }
    }

    /// @param client the client's public key for this connection
    /// @throws InvalidKeyException when it is none
    Agreed agree(byte[] client) throws InvalidKeyException {
        try {
            return agree(client, P256.generate(), identity(), frames);
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform lacks a part of the encryption", e);
        }
    }

    static Agreed agree(byte[] client, KeyPair fresh, KeyPair identity, int frames)
            throws GeneralSecurityException {
        PublicKey other = P256.read(client, identity.getPublic());
        byte[] key = P256.write(fresh.getPublic());
        byte[] kept = P256.write(identity.getPublic());
        FrameCipher.Agreement agreement =
                new FrameCipher.Agreement(
                        joined(client, key, kept),
                        joined(
                                P256.shared(fresh.getPrivate(), other),
                                P256.shared(identity.getPrivate(), other)),
                        frames);
        return new Agreed(
                key,
                kept,
                frames,
                FrameCipher.opening(FrameCipher.Sender.CLIENT, agreement),
                FrameCipher.sealing(FrameCipher.Sender.SERVER, agreement));
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static String text(byte[] key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private synchronized KeyPair identity() {
        KeyPair known = identity;
        if (known == null) {
            try {
                known = load();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the key of message encryption cannot be used", e);
            }
            identity = known;
        }
        return known;
    }

    private KeyPair load() throws GeneralSecurityException {
        var table = store.table(TABLE);
        Map<String, byte[]> rows = table.getAll(Set.of(PRIVATE, PUBLIC));
        byte[] secret = rows.get(PRIVATE);
        byte[] open = rows.get(PUBLIC);
        if (secret != null && open != null) {
            KeyFactory factory = KeyFactory.getInstance("EC");
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(open)),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(secret)));
        }
        KeyPair made = P256.generate();
        store.commit(
                        new StoreBatch()
                                .put(table, PRIVATE, made.getPrivate().getEncoded())
                                .put(table, PUBLIC, made.getPublic().getEncoded()))
                .join();
        return made;
    }
}
