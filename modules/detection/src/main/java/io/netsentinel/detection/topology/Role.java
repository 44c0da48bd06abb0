package io.netsentinel.detection.topology;

import java.util.Map;
import java.util.Optional;

/// What a host seems to be for, guessed by the ports it answers at.
final class Role {
    private static final int MANY_CLIENTS = 5;

    private static final Map<String, String> BY_SERVICE =
            Map.ofEntries(
                    Map.entry("udp/53", "dns"),
                    Map.entry("tcp/53", "dns"),
                    Map.entry("udp/67", "dhcp"),
                    Map.entry("udp/123", "time"),
                    Map.entry("tcp/25", "mail"),
                    Map.entry("tcp/143", "mail"),
                    Map.entry("tcp/465", "mail"),
                    Map.entry("tcp/587", "mail"),
                    Map.entry("tcp/993", "mail"),
                    Map.entry("tcp/110", "mail"),
                    Map.entry("tcp/80", "web"),
                    Map.entry("tcp/443", "web"),
                    Map.entry("tcp/8080", "web"),
                    Map.entry("tcp/8443", "web"),
                    Map.entry("tcp/139", "files"),
                    Map.entry("tcp/445", "files"),
                    Map.entry("tcp/2049", "files"),
                    Map.entry("tcp/21", "files"),
                    Map.entry("tcp/1433", "database"),
                    Map.entry("tcp/1521", "database"),
                    Map.entry("tcp/3306", "database"),
                    Map.entry("tcp/5432", "database"),
                    Map.entry("tcp/6379", "database"),
                    Map.entry("tcp/9200", "database"),
                    Map.entry("tcp/27017", "database"),
                    Map.entry("tcp/515", "printer"),
                    Map.entry("tcp/631", "printer"),
                    Map.entry("tcp/9100", "printer"),
                    Map.entry("tcp/102", "industrial"),
                    Map.entry("tcp/502", "industrial"),
                    Map.entry("tcp/20000", "industrial"),
                    Map.entry("tcp/44818", "industrial"),
                    Map.entry("udp/5060", "voice"),
                    Map.entry("tcp/5060", "voice"));

    private Role() {}

    /// One word; `internet` for everything outside.
    static String of(Host host) {
        if (!host.inside()) {
            return "internet";
        }
        if (host.services().containsKey("tcp/88") && host.services().containsKey("tcp/389")) {
            return "domain-controller";
        }
        Optional<Service> busiest = Optional.empty();
        for (Service service : host.offered()) {
            boolean known = BY_SERVICE.containsKey(key(service));
            if (known
                    && busiest.map(most -> service.connections() > most.connections())
                            .orElse(true)) {
                busiest = Optional.of(service);
            }
        }
        return busiest.map(service -> BY_SERVICE.getOrDefault(key(service), "server"))
                .orElseGet(() -> clients(host) >= MANY_CLIENTS ? "server" : "client");
    }

    private static String key(Service service) {
        return service.transport() + "/" + service.port();
    }

    private static long clients(Host host) {
        return host.offered().isEmpty()
                ? 0
                : host.edges().stream().filter(edge -> edge.destination() == host).count();
    }
}
