package io.netsentinel.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.events.CommunityId;
import io.netsentinel.events.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One round of a capture, made different from the others: every flow gets an identity of its own
/// (flow id, client port, community id) and starts a little earlier or later; from the second round
/// on a part of the flows is left out. All events of a flow are treated alike, so that they still
/// belong together.
final class Variation {
    private static final int FIRST_CLIENT_PORT = 32_768;
    private static final int CLIENT_PORTS = 65_536 - FIRST_CLIENT_PORT;
    private static final int FLOW_BITS = 50;

    /// The most an event is moved.
    static final Duration JITTER = Duration.ofSeconds(3);

    private static final int LEFT_OUT_PERCENT = 15;

    private final int round;
    private final Duration shift;

    /// @param round 0 for the first
    /// @param shift from a time in the capture to its time in this round
    Variation(int round, Duration shift) {
        this.round = round;
        this.shift = shift;
    }

    /// Changes an event. Empty when it is left out.
    Optional<Instant> apply(ObjectNode event) {
        long flow = event.path("flow_id").asLong();
        long hash = mix(flow + round * 0x9E3779B97F4A7C15L);
        if (round > 0 && flow != 0 && Math.floorMod(hash, 100) < LEFT_OUT_PERCENT) {
            return Optional.empty();
        }
        Duration moved = flow == 0 ? shift : shift.plusMillis(jitter(hash));
        Instant time = move(event, "timestamp", moved);
        if (event.get("flow") instanceof ObjectNode times) {
            for (String field : List.of("start", "end")) {
                if (times.has(field)) {
                    move(times, field, moved);
                }
            }
        }
        if (flow != 0) {
            event.put("flow_id", flow ^ (mix(round) >>> (Long.SIZE - FLOW_BITS)));
            ports(event);
        }
        event.remove("pcap_cnt");
        return Optional.of(time);
    }

    private static long jitter(long hash) {
        long most = JITTER.toMillis();
        return Math.floorMod(hash >> 8, 2 * most + 1) - most;
    }

    private static Instant move(ObjectNode object, String field, Duration by) {
        Instant time = EveTime.parse(object.path(field).asText()).plus(by);
        object.put(field, EveTime.text(time));
        return time;
    }

    private void ports(ObjectNode event) {
        int protocol = protocol(event.path("proto"));
        if (protocol == 0 || !event.has("src_port") || !event.has("dest_port")) {
            return;
        }
        int source = clientPort(event.path("src_port").asInt());
        int destination = clientPort(event.path("dest_port").asInt());
        event.put("src_port", source);
        event.put("dest_port", destination);
        if (event.has("community_id")) {
            Optional<IpAddress> from = IpAddress.parse(event.path("src_ip").asText());
            Optional<IpAddress> to = IpAddress.parse(event.path("dest_ip").asText());
            event.put(
                    "community_id",
                    CommunityId.of(
                            from.orElseThrow(), source, to.orElseThrow(), destination, protocol));
        }
    }

    private static int protocol(JsonNode name) {
        return switch (name.asText()) {
            case "TCP" -> 6;
            case "UDP" -> 17;
            default -> 0;
        };
    }

    private int clientPort(int port) {
        return port < FIRST_CLIENT_PORT
                ? port
                : FIRST_CLIENT_PORT + (port - FIRST_CLIENT_PORT + round * 7_919) % CLIENT_PORTS;
    }

    /// The finaliser of SplitMix64: equal input, equal output, and every bit matters.
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
