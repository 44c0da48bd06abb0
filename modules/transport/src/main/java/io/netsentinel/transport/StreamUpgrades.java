package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.channels.Encoding;
import io.netsentinel.events.Channel;
import io.netsentinel.websocket.Upgrade;
import io.netsentinel.websocket.UpgradeHandler;
import io.netsentinel.websocket.UpgradeRequest;
import io.netsentinel.websocket.WebSocketLimits;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides about handshakes for `/ws` and `/ws/{channel}`.
final class StreamUpgrades implements UpgradeHandler {
    private static final String ROOT = "/ws";
    private static final List<String> NUMBERS = List.of("offset", "last");
    private static final List<String> TEXTS =
            List.of("epoch", "since", "filter", "format", "sub", "durable");

    private final Protocol protocol;
    private final Handshakes handshakes;
    private final WebSocketLimits limits;

    StreamUpgrades(Protocol protocol, Handshakes handshakes) {
        this.protocol = protocol;
        this.handshakes = handshakes;
        ProtocolSettings settings = protocol.settings();
        this.limits =
                WebSocketLimits.defaults()
                        .withMaxMessage(settings.limits().frameSize())
                        .withWriteTimeout(
                                settings.timing().write(), CloseCode.WRITE_BLOCKED.number());
    }

    @Override
    public Upgrade upgrade(UpgradeRequest request) {
        long mark = protocol.connections().mark();
        Upgrade answer =
                switch (handshakes.check(request)) {
                    case Handshakes.Checked.Refused refused -> refused.answer();
                    case Handshakes.Checked.Admitted admitted -> {
                        try {
                            yield accept(request, admitted, mark);
                        } catch (Problem e) {
                            yield handshakes.refuse(e);
                        }
                    }
                };
        if (answer instanceof Upgrade.Refuse refused) {
            protocol.connections().refused(refused.status());
        }
        return answer;
    }

    private Upgrade accept(
            UpgradeRequest request, Handshakes.Checked.Admitted admitted, long mark) {
        Optional<Command> implied = implied(request, admitted.identity());
        Optional<String> chosen =
                request.subprotocols().stream()
                        .filter(Protocol.SUBPROTOCOLS::containsKey)
                        .findFirst();
        protocol.connections().admit(admitted.client().address());
        Arrival arrival =
                new Arrival(
                        admitted.client(),
                        admitted.identity(),
                        mark,
                        implied,
                        Protocol.SUBPROTOCOLS.getOrDefault(chosen.orElse(""), Encoding.JSON),
                        chosen.isPresent() || request.subprotocols().isEmpty());
        return new Upgrade.Accept(
                new ProtocolConnection(protocol, arrival), limits, chosen, Map.of());
    }

    /// The subscription a path like `/ws/alerts?last=10` means.
    private Optional<Command> implied(UpgradeRequest request, Optional<Identity> who) {
        if (request.path().equals(ROOT)) {
            return Optional.empty();
        }
        String channel =
                request.path().startsWith(ROOT + "/")
                        ? request.path().substring(ROOT.length() + 1)
                        : "";
        if (!Channel.valid(channel)) {
            throw Problem.notFound("there is no WebSocket here");
        }
        if (who.isPresent()) {
            requireRead(who.get(), channel);
        }
        Command command = Command.implied("subscribe");
        command.fields().put("channel", channel);
        query(request.query(), command.fields());
        try {
            Wanted.of(command, protocol.now());
        } catch (ProtocolException e) {
            throw Problem.badRequest(e.text());
        }
        return Optional.of(command);
    }

    private void requireRead(Identity who, String channel) {
        if (!who.maySubscribe(channel)) {
            throw Problem.forbidden("this identity may not read the channel");
        }
        if (protocol.hub().channel(channel).isEmpty() && !who.may(Permission.ADMIN)) {
            throw Problem.notFound("there is no channel of this name");
        }
    }

    private static void query(String query, ObjectNode fields) {
        if (query.isEmpty()) {
            return;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (NUMBERS.contains(name)) {
                fields.put(name, number(name, value));
            } else if (TEXTS.contains(name)) {
                fields.put(name, value);
            } else {
                throw Problem.badRequest(
                        "the address may say offset, epoch, since, last, filter, format, sub,"
                                + " durable");
            }
        }
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException _) {
            throw Problem.badRequest("\"" + name + "\" must be a whole number");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Problem.badRequest("the query is not well-formed");
        }
    }
}
