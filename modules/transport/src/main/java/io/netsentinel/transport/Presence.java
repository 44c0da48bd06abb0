package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Subscription;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who follows the channels whose policy allows that this is known. A client counts once, however
/// many connections it has.
///
/// Notices are a courtesy and not part of what is promised about events: a connection that does not
/// take its messages gets none, and a channel with very many clients sends none.
final class Presence {
    /// From so many clients on, joining and leaving is not told.
    private static final int QUIET = 500;

    /// Clients in an answer.
    private static final int MOST = 1_000;

    private final Hub hub;
    private final Map<String, Map<ProtocolConnection, Member>> channels = new HashMap<>();

    Presence(Hub hub) {
        this.hub = hub;
    }

    /// A client of a user.
    private record Member(String user, String client, String name) {
        static Member of(ProtocolConnection connection, Identity who) {
            return new Member(
                    who.user(),
                    connection.hello().map(Hello::client).orElse(connection.id()),
                    connection.hello().map(Hello::name).orElse(""));
        }

        ObjectNode put(ObjectNode target) {
            target.put("client", client).put("user", user);
            return name.isEmpty() ? target : target.put("name", name);
        }
    }

    /// Whether a channel's subscribers may know of each other.
    boolean allowed(String channel) {
        return hub.channel(channel).map(info -> info.policy().presence()).orElse(false);
    }

    /// Makes what is known of a connection what it follows now; it follows nothing once it is over.
    synchronized void update(ProtocolConnection connection) {
        Optional<Identity> who = connection.identity();
        Set<String> now = new TreeSet<>();
        for (Subscription cursor : connection.cursors().all()) {
            if (cursor.policy().presence()) {
                now.add(cursor.channel());
            }
        }
        if (who.isEmpty() || (now.isEmpty() && connection.present().isEmpty())) {
            return;
        }
        for (String channel : connection.present()) {
            if (!now.contains(channel)) {
                leave(channel, connection);
            }
        }
        now.forEach(channel -> join(channel, connection, who.get()));
        connection.present(now);
    }

    private void join(String channel, ProtocolConnection connection, Identity who) {
        Map<ProtocolConnection, Member> members =
                channels.computeIfAbsent(channel, _ -> new LinkedHashMap<>());
        if (members.containsKey(connection)) {
            return;
        }
        Member member = Member.of(connection, who);
        boolean known = members.containsValue(member);
        members.put(connection, member);
        if (!known) {
            tell("join", channel, member, members);
        }
    }

    private void leave(String channel, ProtocolConnection connection) {
        Map<ProtocolConnection, Member> members = channels.getOrDefault(channel, Map.of());
        Member member = members.get(connection);
        if (member == null) {
            return;
        }
        members.remove(connection);
        if (members.isEmpty()) {
            channels.remove(channel);
        } else if (!members.containsValue(member)) {
            tell("leave", channel, member, members);
        }
    }

    private static void tell(
            String type, String channel, Member member, Map<ProtocolConnection, Member> members) {
        if (members.size() > QUIET) {
            return;
        }
        byte[] message =
                Json.bytes(member.put(Json.object().put("type", type).put("channel", channel)));
        members.forEach((connection, other) -> {
            if (!other.equals(member)) {
                connection.notice(message);
            }
        });
    }

    /// Puts the clients of a channel into an answer, and how many there are.
    synchronized void list(String channel, ObjectNode answer) {
        ArrayNode clients = answer.putArray("clients");
        Set<Member> members =
                new LinkedHashSet<>(channels.getOrDefault(channel, Map.of()).values());
        members.stream().limit(MOST).forEach(member -> member.put(clients.addObject()));
        answer.put("total", members.size());
    }
}
