package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.InvalidKeyException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;

/// The member `encrypt` of `connect`.
final class KeyExchange {
    private static final String FIELD = "encrypt";

    private KeyExchange() {}

    /// The client's public key, when it wants its messages encrypted.
    static Optional<byte[]> key(Command command) {
        if (!command.fields().hasNonNull(FIELD)) {
            return Optional.empty();
        }
        ObjectNode wish = command.object(FIELD);
        Iterator<String> names = wish.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!name.equals("key")) {
                throw bad("\"encrypt\" has no field \"" + name + "\"");
            }
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(wish.path("key").asText("")));
        } catch (IllegalArgumentException _) {
            throw bad("\"encrypt.key\" is not base64url");
        }
    }

    /// Agrees on keys and says so; that is the last message that can be read on the way.
    static void answer(Commander at, Command command, byte[] client) {
        ProtocolConnection connection = at.connection();
        if (connection.wire().encrypted()) {
            throw bad("this connection is encrypted already");
        }
        try {
            MessageEncryption.Agreed agreed = at.protocol().encryption().agree(client);
            ObjectNode answer =
                    Commander.reply("encrypted", command)
                            .put("key", MessageEncryption.text(agreed.key()))
                            .put("identity", MessageEncryption.text(agreed.identity()))
                            .put("framesPerKey", agreed.frames());
            connection.encrypt(answer, agreed);
        } catch (InvalidKeyException _) {
            throw bad(
                    "\"encrypt.key\" is a public key on the curve P-256: 65 bytes, 04 x y, in base64url");
        }
    }

    private static ProtocolException bad(String message) {
        return new ProtocolException(ErrorCode.BAD_REQUEST, message, FIELD);
    }
}
