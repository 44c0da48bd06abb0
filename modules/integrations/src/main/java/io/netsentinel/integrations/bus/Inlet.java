package io.netsentinel.integrations.bus;

import io.netsentinel.events.Channel;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Intake.Counter;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes in what came over a broker: turns away what this server has passed on itself, and holds
/// what comes by a bus to the channels it may fill. For the source's own thread.
public final class Inlet {
    /// The server writes these itself and believes what they say.
    private static final List<String> CLOSED =
            List.of(Channel.AUDIT, Channel.DEAD_LETTERS, Channel.INCIDENTS, Channel.SIEM);

    private static final int SAMPLE = 4_096;

    private final String node;
    private final Optional<String> bus;
    private final List<ChannelPattern> channels;
    private final int maxLine;
    private @Nullable LineReader lines;
    private @Nullable BusReader busLines;

    private Inlet(String node, Optional<String> bus, List<ChannelPattern> channels, int maxLine) {
        this.node = node;
        this.bus = bus;
        this.channels = channels;
        this.maxLine = maxLine;
    }

    /// A message.
    ///
    /// @param body what is to be read as a line of the source's format
    /// @param passage the servers it has passed, as it says beside the body; may be empty
    /// @param channel the channel it is from, as it says beside the body; may be empty
    /// @param number its number where it came from
    /// @param where where it came from, for people
    @SuppressWarnings("ArrayRecordComponent") // handed through, nobody compares messages
    public record Message(byte[] body, String passage, String channel, long number, String where) {
        /// One that says nothing beside its body.
        public static Message plain(byte[] body, long number, String where) {
            return new Message(body, "", "", number, where);
        }
    }

    /// What the options `bus` and `channels` say.
    ///
    /// @param format the format of the lines
    /// @param maxLine most bytes of one
    /// @throws IllegalArgumentException when they do not fit together, naming one
    public static Inlet of(Options options, String format, int maxLine) {
        Optional<String> bus = BusOptions.bus(options);
        List<ChannelPattern> channels =
                options.texts("channels").stream().map(Inlet::pattern).toList();
        if (bus.isPresent() != !channels.isEmpty()) {
            throw new IllegalArgumentException(
                    bus.isPresent()
                            ? "channels: a bus needs the channels that it may fill"
                            : "channels: only together with bus");
        }
        if (bus.isPresent() && !format.equals("event")) {
            throw new IllegalArgumentException(
                    "format: what comes by a bus is read as event, found \"" + format + "\"");
        }
        return new Inlet(BusOptions.node(options), bus, channels, maxLine);
    }

    private static ChannelPattern pattern(String text) {
        try {
            ChannelPattern pattern = ChannelPattern.of(text);
            for (String closed : CLOSED) {
                if (pattern.exact() && pattern.matches(closed)) {
                    throw new IllegalArgumentException(
                            closed + " is written by the server only, nobody else may fill it");
                }
            }
            return pattern;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("channels: " + e.getMessage(), e);
        }
    }

    /// Must be called before the first message of each run of a source.
    public void begin(Intake intake) {
        LineReader reader = intake.reader(Origin.UNKNOWN);
        lines = reader;
        busLines =
                bus.map(name -> new BusReader(name, node, doors(intake), sole(), reader))
                        .orElse(null);
    }

    private BusReader.Doors doors(Intake intake) {
        return channel -> {
            if (CLOSED.contains(channel)
                    || channels.stream().noneMatch(pattern -> pattern.matches(channel))) {
                return "it is for " + channel + ", which nobody may fill by this bus";
            }
            return intake.hasChannel(channel) ? "" : "there is no channel " + channel;
        };
    }

    /// The channel everything goes to when no other can be meant; empty when one can.
    private String sole() {
        return channels.size() == 1 && channels.getFirst().exact()
                ? channels.getFirst().text()
                : "";
    }

    /// Takes a message into the present batch, unless this server has passed it on before.
    public void take(Intake intake, Message message) {
        Passage passage = Passage.parse(message.passage());
        if (passage.closedTo(node)) {
            intake.count(Counter.RETURNED, 1);
            return;
        }
        byte[] body = message.body();
        if (body.length > maxLine) {
            intake.count(Counter.OVERLONG, 1);
            intake.reject(
                    Arrays.copyOf(body, Math.min(body.length, SAMPLE)),
                    "longer than " + maxLine + " bytes",
                    message.number(),
                    message.where());
            return;
        }
        LineReader reader = lines;
        BusReader busReader = busLines;
        if (busReader != null) {
            busReader.next(passage, message.channel());
            reader = busReader;
        }
        if (reader != null) {
            intake.line(reader, body, 0, body.length, message.number(), message.where());
        }
        if (busReader != null && busReader.takeReturned()) {
            intake.count(Counter.RETURNED, 1);
        }
    }
}
