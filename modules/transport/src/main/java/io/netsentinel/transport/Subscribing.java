package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.ChannelUse;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.Selection;
import io.netsentinel.channels.Start;
import io.netsentinel.channels.Subscription;
import io.netsentinel.channels.SubscriptionRequest;
import io.netsentinel.channels.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Opens subscriptions for one connection: of a channel, of all channels a pattern means now, of a
/// channel that came into being.
final class Subscribing {
    private final Protocol protocol;
    private final ProtocolConnection connection;
    private final Identity who;
    private final Keeping keeping;

    Subscribing(Protocol protocol, ProtocolConnection connection, Identity who) {
        this.protocol = protocol;
        this.connection = connection;
        this.who = who;
        this.keeping = new Keeping(protocol, connection, who);
    }

    /// Opens what is wanted and answers it.
    void open(Wanted asked, Command command) {
        Optional<DurableWish> wish = DurableWish.of(command);
        Wanted wanted = asked;
        if (!protocol.hub().supports(wanted.format())) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST,
                    "there is no format \"" + wanted.format() + "\"",
                    "format");
        }
        if (wanted.channels().exact()) {
            ChannelAccess.requireSubscribe(
                    protocol.hub(), who, wanted.channels().text(), wanted.where());
            ChannelAccess.requireWire(protocol.hub(), connection.wire(), wanted.channels().text());
            if (keeps(command)) {
                ChannelAccess.requireAck(who, wanted.channels().text());
            }
        }
        reserve(wanted);
        try {
            if (wish.isPresent()) {
                wanted = keeping.hold(wanted, wish.get());
            }
            if (wanted.channels().exact()) {
                Subscription cursor = subscribe(wanted, wanted.channels().text());
                kept(wanted, List.of(cursor));
                begin(cursor, command);
            } else {
                openAll(wanted, command);
            }
            protocol.connections().presence().update(connection);
        } catch (RuntimeException e) {
            release(wanted);
            throw e;
        }
    }

    private void reserve(Wanted wanted) {
        connection.cursors().reserve(wanted, most());
        if (!protocol.connections().users().takeView(who.user(), wanted.view())) {
            connection.cursors().remove(wanted.label());
            throw new ProtocolException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a user may have "
                            + protocol.settings().limits().viewsPerUser()
                            + " different views: use the same names and filters, or fewer",
                    "sub");
        }
    }

    private void release(Wanted wanted) {
        if (connection.cursors().remove(wanted.label()).isPresent()) {
            protocol.connections().users().giveView(who.user(), wanted.view());
            connection.holds().end(wanted.label(), false);
        }
    }

    /// All channels the pattern means now. The connection's lock keeps a channel that is born
    /// meanwhile from being followed twice.
    private void openAll(Wanted wanted, Command command) {
        synchronized (connection.patterns()) {
            List<String> channels = new ArrayList<>();
            for (ChannelInfo info : protocol.hub().channels()) {
                if (wanted.channels().matches(info.name())
                        && mayFollow(wanted, info.name())
                        && (!keeps(command) || who.may(ChannelUse.ACK, info.name()))) {
                    channels.add(info.name());
                }
            }
            List<Subscription> cursors = new ArrayList<>();
            try {
                channels.forEach(channel -> cursors.add(subscribe(wanted, channel)));
                connection.cursors().requireRoom(cursors.size(), most());
                keeping.kept(wanted);
                answer(wanted, cursors, command);
                cursors.forEach(this::start);
            } catch (RuntimeException e) {
                // all or none: what was opened before would be fed for ever
                cursors.forEach(Subscription::close);
                throw e;
            }
        }
    }

    private void answer(Wanted wanted, List<Subscription> cursors, Command command) {
        List<String> channels = cursors.stream().map(Subscription::channel).toList();
        cursors.forEach(cursor ->
                connection.send(subscribed(cursor, command, Optional.of(cursors.size()))));
        wanted.positions().keySet().stream()
                .filter(name -> !channels.contains(name))
                .forEach(name -> connection.send(denied(wanted, name, command)));
        if (cursors.isEmpty()) {
            connection.send(
                    Commander.reply("subscribed", command)
                            .put("sub", wanted.label())
                            .put("channels", 0));
        }
    }

    /// Follows a channel that was just created, from its beginning, by every pattern that means it.
    void born(String channel) {
        synchronized (connection.patterns()) {
            for (Wanted wanted : connection.cursors().patternsFor(channel)) {
                if (who.maySubscribe(channel)
                        && ChannelAccess.carries(protocol.hub(), connection.wire(), channel)
                        && !connection.cursors().has(wanted.label(), channel)) {
                    connection.cursors().requireRoom(1, most());
                    Subscription cursor =
                            subscribe(wanted, channel, new Where.After(0, Optional.empty()));
                    begin(cursor, Command.implied("subscribe"));
                }
            }
        }
        protocol.connections().presence().update(connection);
    }

    /// Whether the server is to keep the position.
    private static boolean keeps(Command command) {
        return command.fields().has("durable");
    }

    /// Whoever may not read what is stored begins with what is new, or not at all.
    private boolean mayFollow(Wanted wanted, String channel) {
        return who.maySubscribe(channel)
                && ChannelAccess.carries(protocol.hub(), connection.wire(), channel)
                && (wanted.in(channel) instanceof Where.Tail || who.mayRead(channel));
    }

    private Subscription subscribe(Wanted wanted, String channel) {
        return subscribe(wanted, channel, wanted.in(channel));
    }

    private Subscription subscribe(Wanted wanted, String channel, Where where) {
        Selection rows = ChannelAccess.rows(who);
        Subscription cursor =
                protocol.hub()
                        .subscribe(
                                new SubscriptionRequest(
                                        channel,
                                        wanted.label(),
                                        where,
                                        wanted.filter(),
                                        rows,
                                        wanted.format(),
                                        connection.wire().shape(wanted.fields(), wanted.rate())),
                                connection.holds().expiry(wanted.label()),
                                connection::wake);
        connection.holds().follow(cursor);
        return cursor;
    }

    private void kept(Wanted wanted, List<Subscription> cursors) {
        try {
            keeping.kept(wanted);
        } catch (RuntimeException e) {
            cursors.forEach(Subscription::close);
            throw e;
        }
    }

    private void begin(Subscription cursor, Command command) {
        try {
            connection.send(subscribed(cursor, command, Optional.empty()));
            start(cursor);
        } catch (RuntimeException e) {
            cursor.close();
            throw e;
        }
    }

    /// Called when the answer is on its way: it comes before the first event.
    private void start(Subscription cursor) {
        connection.cursors().add(cursor, most());
        connection.wake();
    }

    private int most() {
        return protocol.settings().limits().subscriptions();
    }

    private ObjectNode subscribed(
            Subscription cursor, Command command, Optional<Integer> channels) {
        Start start = cursor.start();
        ObjectNode message =
                Commander.reply("subscribed", command)
                        .put("sub", cursor.label())
                        .put("channel", cursor.channel())
                        .put("epoch", start.epoch())
                        .put("start", start.offset())
                        .put("tail", Math.max(start.tail(), start.offset()))
                        .put("first", start.first());
        channels.ifPresent(count -> message.put("channels", count));
        connection
                .holds()
                .of(cursor.label())
                .ifPresent(hold -> message.put("durable", hold.name()));
        return switch (start.recovery()) {
            case NONE -> message;
            case RECOVERED -> message.put("recovered", true);
            case EPOCH -> message.put("recovered", false).put("reason", "epoch");
            case RETENTION -> message.put("recovered", false).put("reason", "retention");
        };
    }

    private static ObjectNode denied(Wanted wanted, String channel, Command command) {
        return Commander.reply("subscribed", command)
                .put("sub", wanted.label())
                .put("channel", channel)
                .put("recovered", false)
                .put("reason", "denied");
    }
}
