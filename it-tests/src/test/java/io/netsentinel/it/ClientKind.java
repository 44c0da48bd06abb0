package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// How a client of the protocol talks: what it offers, and how messages become frames and frames
/// messages.
interface ClientKind {
    ClientKind JSON = new Json("json", Optional.empty());
    ClientKind GZIP = new Json("gzip", Optional.of("gzip"));
    ClientKind GZIP_BASE64 = new Json("gzip+base64", Optional.of("gzip+base64"));

    /// All there are.
    List<ClientKind> EVERY =
            List.of(
                    JSON,
                    GZIP,
                    GZIP_BASE64,
                    new PackedKind("msgpack", false),
                    new PackedKind("msgpack+gzip", true));

    /// Named in reports.
    String name();

    /// Offered in the handshake.
    String subprotocol();

    /// Adds to `connect` what this kind asks for.
    void greet(ObjectNode connect);

    /// A message as it is sent.
    LeanSocket.Message encode(ObjectNode message);

    /// What was received: one message, or an array of them.
    JsonNode decode(LeanSocket.Message frame);

    /// Text, and what may be compressed of it.
    record Json(String name, Optional<String> compression) implements ClientKind {
        @Override
        public String subprotocol() {
            return "netsentinel.v1.json";
        }

        @Override
        public void greet(ObjectNode connect) {
            compression.ifPresent(one -> connect.putArray("compress").add(one));
        }

        @Override
        public LeanSocket.Message encode(ObjectNode message) {
            return new LeanSocket.Message(
                    LeanSocket.TEXT, message.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public JsonNode decode(LeanSocket.Message frame) {
            if (frame.opcode() == LeanSocket.BINARY) {
                return HttpApi.parse(unzipped(frame.payload()));
            }
            JsonNode message = HttpApi.parse(frame.text());
            return message.path("type").asText().equals("compressed")
                    ? HttpApi.parse(
                            unzipped(Base64.getDecoder().decode(message.path("data").asText())))
                    : message;
        }

        private static String unzipped(byte[] zipped) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AssertionError("no gzip", e);
            }
        }
    }
}
