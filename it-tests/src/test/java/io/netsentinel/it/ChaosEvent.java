package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// An event of a chaos run. Its number says everything about it: the channel, the content, how long
/// it lives; so whoever receives it can tell whether it is as it was published.
///
/// @param number counted over all channels
/// @param channel where it is published
/// @param n 0 to 39
/// @param ip an address in 10.0.0.0 to 10.11.255.255
/// @param port one of five
/// @param severity as a word
/// @param expires whether it was published with a time to live of a second
record ChaosEvent(
        int number, String channel, int n, String ip, int port, String severity, boolean expires) {
    static final List<String> CHANNELS =
            List.of("chaos.a", "chaos.b", "chaos.c", "chaos.d", "chaos.e");
    private static final List<String> SEVERITIES =
            List.of("info", "low", "medium", "high", "critical");
    private static final int[] PORTS = {22, 53, 80, 123, 443};
    private static final int NETWORKS = 12;
    private static final int BYTE = 256;
    private static final int EXPIRING = 23;
    private static final int KINDS = 40;
    private static final int LONGEST = 300;

    static ChaosEvent of(int number) {
        long h = mixed(number);
        return new ChaosEvent(
                number,
                CHANNELS.get(part(h, 0, CHANNELS.size())),
                part(h, 8, KINDS),
                "10." + part(h, 16, NETWORKS) + "." + part(h, 24, BYTE) + "." + part(h, 32, BYTE),
                PORTS[part(h, 40, PORTS.length)],
                SEVERITIES.get(part(h, 48, SEVERITIES.size())),
                part(h, 52, EXPIRING) == 0);
    }

    private static long mixed(long number) {
        long z = number * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    private static int part(long hash, int shift, int most) {
        return (int) ((hash >>> shift & 0xffff) % most);
    }

    /// The command that publishes it; a repetition is recognised by its key.
    String command() {
        return """
        {"type":"publish","id":%d,"channel":"%s","key":"chaos-%d"%s,"data":{"number":%d,"n":%d,\
        "source":{"ip":"%s"},"destination":{"port":%d},"ns":{"severity":"%s"},"rule":{"name":"%s"},"pad":"%s"}}\
        """
                .formatted(
                        number,
                        channel,
                        number,
                        expires ? ",\"ttl\":1" : "",
                        number,
                        n,
                        ip,
                        port,
                        severity,
                        rule(),
                        "x".repeat(number % LONGEST));
    }

    String rule() {
        return (n % 2 == 0 ? "ET MALWARE " : "ET SCAN ") + n;
    }

    /// Whether what was received is this event.
    boolean is(JsonNode data) {
        return data.path("number").asInt() == number
                && data.path("n").asInt() == n
                && data.at("/source/ip").asText().equals(ip)
                && data.at("/destination/port").asInt() == port
                && data.at("/ns/severity").asText().equals(severity)
                && data.at("/rule/name").asText().equals(rule())
                && data.path("pad").asText().length() == number % LONGEST;
    }
}
