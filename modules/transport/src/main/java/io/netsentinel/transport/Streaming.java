package io.netsentinel.transport;

import io.netsentinel.auth.Auth;
import io.netsentinel.channels.Hub;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.transport.spi.Endpoint;
import io.netsentinel.transport.spi.Method;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts the WebSocket half of the server together.
final class Streaming {
    private final Protocol protocol;

    /// @throws IllegalStateException when two methods have the same name
    Streaming(ProtocolSettings settings, Services services, List<Method> methods) {
        Auth auth = services.get(Auth.class);
        Hub hub = services.get(Hub.class);
        Clock clock = services.find(Clock.class).orElse(Clock.systemUTC());
        Queues queues =
                Queues.start(
                        services.get(EventLog.class).store(),
                        services.find(QueueSettings.class).orElse(QueueSettings.defaults()),
                        clock);
        Connections connections = new Connections(settings, auth, hub, queues);
        MessageEncryption encryption =
                new MessageEncryption(
                        services.get(EventLog.class).store(), settings.framesPerKey());
        Thread.ofVirtual().name("message-encryption").start(encryption::announce);
        this.protocol =
                new Protocol(
                        services.with(Connections.class, connections)
                                .with(Queues.class, queues)
                                .with(Messenger.class, new Messenger(hub, connections)),
                        hub,
                        auth,
                        settings,
                        connections,
                        encryption,
                        queues,
                        byName(methods),
                        clock);
    }

    Connections connections() {
        return protocol.connections();
    }

    /// What all endpoints and methods work on, the connections included.
    Services services() {
        return protocol.services();
    }

    /// These endpoints and those of the streams.
    List<Endpoint> endpoints(List<Endpoint> others) {
        List<Endpoint> all = new ArrayList<>(others);
        all.add(new StreamEndpoint());
        all.add(new QueueEndpoint());
        all.add(new AsyncApiEndpoint());
        all.add(new OpenApiEndpoint());
        all.add(new PostEndpoint(protocol));
        return all;
    }

    StreamUpgrades upgrades(Handshakes handshakes) {
        return new StreamUpgrades(protocol, handshakes);
    }

    private static Map<String, Method> byName(List<Method> methods) {
        Map<String, Method> named = new LinkedHashMap<>();
        for (Method method : methods) {
            if (named.put(method.name(), method) != null) {
                throw new IllegalStateException("two methods " + method.name());
            }
        }
        return Map.copyOf(named);
    }
}
