package io.netsentinel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.ChannelUse;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.Compression;
import io.netsentinel.channels.Encryption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// `connect`: who somebody is, what they call themselves, and everything they subscribe to, in one
/// round trip. One with `encrypt` and nothing else only agrees on keys; the next one, which may
/// hold a token, is then read by nobody on the way.
final class ConnectCommand implements CommandHandler {
    private static final List<String> FIELDS =
            List.of("token", "client", "name", "version", "compress", "encrypt", "subs");
    private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final int LONGEST_NAME = 128;
    private static final int MOST_COMPRESSIONS = 8;
    private static final Map<String, Compression> COMPRESSIONS =
            Map.of("gzip", Compression.GZIP, "gzip+base64", Compression.GZIP_BASE64);

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public void run(Commander at, Command command) {
        command.allow(FIELDS);
        if (at.connection().hello().isPresent()) {
            throw new ProtocolException(ErrorCode.BAD_REQUEST, "connect comes once");
        }
        Optional<byte[]> key = KeyExchange.key(command);
        if (key.isPresent() && command.fields().size() == 1) {
            KeyExchange.answer(at, command, key.get());
            return;
        }
        Hello hello = hello(at.connection(), command);
        Compression compression = compression(at.connection().wire(), command, key.isPresent());
        ObjectNode subs = command.object("subs");
        Optional<String> token = command.optionalText("token");
        key.ifPresent(client -> KeyExchange.answer(at, command, client));
        if (token.isPresent()) {
            TokenUse.use(at, command, token.get());
        }
        if (!at.connection().open()) {
            return;
        }
        if (at.connection().identity().isEmpty()) {
            throw new ProtocolException(
                    ErrorCode.UNAUTHORIZED, "connect needs a \"token\" here", "token");
        }
        at.connection().wire().compress(compression);
        at.connection().greeting(true);
        try {
            if (command.optionalText("client").isPresent()) {
                at.connection().openMail(hello.client());
            }
            at.connection().introduce(hello);
            subs.properties().forEach(entry -> subscribe(at, command, entry));
            greet(at, command);
        } finally {
            at.connection().greeting(false);
        }
    }

    /// Subscribes to what the connection's path says and answers.
    void greet(Commander at, Command command) {
        ProtocolConnection connection = at.connection();
        Identity who = connection.identity().orElseThrow();
        Optional<Command> implied = connection.takeImplied();
        if (implied.isPresent() && !implied(at, implied.get(), who)) {
            return;
        }
        connection.send(connected(at, command, who));
        connection.wire().begin();
    }

    private static boolean implied(Commander at, Command subscribe, Identity who) {
        try {
            Wanted wanted = Wanted.of(subscribe, at.protocol().now());
            if (at.connection().cursors().taken(wanted.label())) {
                return true;
            }
            new Subscribing(at.protocol(), at.connection(), who).open(wanted, subscribe);
            return true;
        } catch (RuntimeException e) {
            at.fail(subscribe, e);
            at.connection().close(CloseCode.FORBIDDEN);
            return false;
        }
    }

    private static void subscribe(
            Commander at, Command connect, Map.Entry<String, JsonNode> entry) {
        String field = "subs." + entry.getKey();
        try {
            if (!(entry.getValue() instanceof ObjectNode fields)) {
                throw new ProtocolException(
                        ErrorCode.BAD_REQUEST, "\"" + field + "\" must be an object", field);
            }
            ObjectNode named = fields.deepCopy();
            if (named.has("sub")) {
                throw new ProtocolException(
                        ErrorCode.BAD_REQUEST, "the name stands before the colon", field);
            }
            named.put("sub", entry.getKey());
            Command subscribe = new Command("subscribe", connect.id(), named, Optional.empty());
            Identity who = at.connection().identity().orElseThrow();
            new Subscribing(at.protocol(), at.connection(), who)
                    .open(Wanted.of(subscribe, at.protocol().now()), subscribe);
        } catch (RuntimeException e) {
            ProtocolException why = Refusals.of(e);
            at.fail(
                    connect,
                    why.code() == ErrorCode.INTERNAL
                            ? e
                            : new ProtocolException(why.code(), why.text(), field));
        }
    }

    private static Hello hello(ProtocolConnection connection, Command command) {
        String client = command.optionalText("client").orElse(connection.id());
        if (!CLIENT.matcher(client).matches()) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST,
                    "\"client\" is 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -",
                    "client");
        }
        return new Hello(client, label(command, "name"), label(command, "version"));
    }

    /// The first of the kinds asked for that there is.
    private static Compression compression(Wire wire, Command command, boolean encrypt) {
        boolean binary = encrypt || wire.encrypted() || wire.encoding().binary();
        List<String> wanted = command.texts("compress", MOST_COMPRESSIONS);
        Optional<Compression> chosen =
                wanted.stream()
                        .filter(COMPRESSIONS::containsKey)
                        .map(name -> COMPRESSIONS.getOrDefault(name, Compression.NONE))
                        .filter(how -> !(how == Compression.GZIP_BASE64 && binary))
                        .findFirst();
        if (chosen.isEmpty() && !wanted.isEmpty()) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST,
                    "\"compress\" is [\"gzip\"], or [\"gzip+base64\"] for clients that take only text",
                    "compress");
        }
        return chosen.orElse(Compression.NONE);
    }

    private static String label(Command command, String field) {
        String text = command.optionalText(field).orElse("");
        if (text.length() > LONGEST_NAME) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, "\"" + field + "\" has at most 128 characters", field);
        }
        return text;
    }

    private static ObjectNode connected(Commander at, Command command, Identity who) {
        ProtocolConnection connection = at.connection();
        Protocol protocol = at.protocol();
        ObjectNode message = Commander.reply("connected", command);
        message.put("session", connection.id());
        message.put("client", connection.hello().map(Hello::client).orElse(connection.id()));
        message.put("user", who.user());
        who.expires().map(Instant::getEpochSecond).ifPresent(end -> message.put("exp", end));
        compression(message, connection.wire().compression());
        message.put("node", protocol.settings().node());
        message.put("time", protocol.clock().millis());
        limits(message.putObject("limits"), protocol.settings().limits(), who);
        ArrayNode channels = message.putArray("channels");
        for (ChannelInfo info : protocol.hub().channels()) {
            channel(channels, info, who);
        }
        return message;
    }

    private static void compression(ObjectNode message, Compression chosen) {
        COMPRESSIONS.forEach((name, how) -> {
            if (how == chosen) {
                message.put("compress", name);
            }
        });
    }

    private static void limits(ObjectNode target, ProtocolSettings.Limits limits, Identity who) {
        target.put("frameSize", limits.frameSize());
        target.put("subscriptions", limits.subscriptions());
        if (!who.may(Permission.ADMIN)) {
            target.put("commandsPerSecond", limits.commandsPerSecond());
        }
    }

    private static void channel(ArrayNode channels, ChannelInfo info, Identity who) {
        if (!who.knows(info.name())) {
            return;
        }
        ObjectNode one = channels.addObject().put("name", info.name());
        ArrayNode can = one.putArray("can");
        for (ChannelUse use : ChannelUse.values()) {
            if (who.may(use, info.name())) {
                can.add(use.text());
            }
        }
        one.put("retention", info.policy().retention().toSeconds());
        if (info.policy().encryption() == Encryption.REQUIRED) {
            one.put("encryption", Encryption.REQUIRED.text());
        }
    }
}
