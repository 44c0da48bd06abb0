package io.netsentinel.transport;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.MalformedEventException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Fields that only the server itself sets, because it believes what they say: who acknowledged an
/// alert, which rule of the house closed it.
final class ServerFields {
    private static final Set<String> CHANNELS = Set.of(Channel.ALERTS, Channel.THREATS);
    private static final List<String> FIELDS = List.of("ns.change", "ns.house");

    private ServerFields() {}

    /// Refuses data from outside that has one of them where it would be believed.
    ///
    /// @throws ProtocolException naming them
    static void refuse(String channel, byte[] data) {
        if (CHANNELS.contains(channel) && presentIn(data)) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST,
                    "ns.change and ns.house are set by the server only",
                    "data");
        }
    }

    private static boolean presentIn(byte[] data) {
        try {
            AtomicBoolean found = new AtomicBoolean();
            Event.fromJson(data)
                    .forEach((path, _) ->
                            found.compareAndSet(
                                    false, FIELDS.stream().anyMatch(field -> within(path, field))));
            return found.get();
        } catch (MalformedEventException _) {
            // what is no event is believed nothing
            return false;
        }
    }

    private static boolean within(String path, String field) {
        return path.equals(field) || path.startsWith(field + ".");
    }
}
