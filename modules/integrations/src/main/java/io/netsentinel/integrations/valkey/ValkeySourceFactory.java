package io.netsentinel.integrations.valkey;

import io.netsentinel.integrations.bus.BusOptions;
import io.netsentinel.integrations.bus.Inlet;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.ArrayList;
import java.util.List;

/// `valkey`: a list, a channel or a stream of a Valkey or Redis server.
public final class ValkeySourceFactory implements SourceFactory {
    private static final int MIB = 1 << 20;
    private static final int LEAST_LINE = 1_024;
    private static final int MOST_LINE = 8 * MIB;
    private static final int LONGEST_KEY = 256;

    /// For `ServiceLoader`.
    public ValkeySourceFactory() {}

    @Override
    public String kind() {
        return "valkey";
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(ValkeyTarget.options());
        options.addAll(
                List.of(
                        Option.text(
                                "list",
                                "suricata",
                                "The list to take from, for example what Suricata's `filetype: redis`"
                                        + " fills. This, `channel` or `stream`."),
                        Option.choice(
                                "take-from",
                                List.of("right", "left"),
                                "At which end of the list the oldest entry is: `right` (the default)"
                                        + " when it is filled by LPUSH, `left` for RPUSH."),
                        Option.text(
                                "channel",
                                "suricata",
                                "The channel to listen to, or a pattern such as `suricata.*`."),
                        Option.text("stream", "suricata", "The stream to read."),
                        Option.text(
                                "field",
                                "event",
                                "With `stream`: the field of an entry that is its line. Without it, the"
                                        + " only field there is, or `event`."),
                        Option.text(
                                "format",
                                "eve",
                                "What its lines are: `eve` (the default) for Suricata, `zeek`, `cowrie`,"
                                        + " `syslog`, or `event` for events as NetSentinel itself writes them."),
                        Option.choice(
                                "start",
                                List.of("begin", "end"),
                                "With `stream`, where to begin when the source is new: `begin` (the"
                                        + " default) with what is there, `end` with what comes."),
                        Option.size(
                                "max-line",
                                "1MiB",
                                "The longest line, 1KiB to 8MiB (default 1MiB). A longer one is skipped"
                                        + " and counted."),
                        BusOptions.BUS,
                        BusOptions.CHANNELS));
        return options;
    }

    @Override
    public Source create(Options options) {
        ValkeyTarget target = ValkeyTarget.of(options);
        List<String> ways =
                List.of("list", "channel", "stream").stream()
                        .filter(way -> options.text(way).isPresent())
                        .toList();
        if (ways.size() != 1) {
            throw new IllegalArgumentException(
                    ways.isEmpty()
                            ? "list is missing, or channel, or stream: one of them"
                            : String.join(" and ", ways)
                                    + " exclude each other: make a source for each");
        }
        String way = ways.getFirst();
        String key = options.require(way);
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(way + ": 1 to " + LONGEST_KEY + " characters");
        }
        long maxLine = options.number("max-line", MIB);
        if (maxLine < LEAST_LINE || maxLine > MOST_LINE) {
            throw new IllegalArgumentException("max-line: 1 KiB to 8 MiB");
        }
        String format = options.text("format").orElse(BusOptions.usualFormat(options, "eve"));
        refuseForeign(options, way);
        ValkeySource.Part part =
                new ValkeySource.Part(
                        options.name(),
                        way,
                        key,
                        Inlet.of(options, format, Math.toIntExact(maxLine)));
        return new ValkeySource(target, part, format, reader(options, part));
    }

    private static void refuseForeign(Options options, String way) {
        refuse(options, way, "take-from", "list");
        refuse(options, way, "field", "stream");
        refuse(options, way, "start", "stream");
    }

    private static void refuse(Options options, String way, String option, String of) {
        if (!way.equals(of) && options.text(option).isPresent()) {
            throw new IllegalArgumentException(option + ": only with " + of);
        }
    }

    private static ValkeyReader reader(Options options, ValkeySource.Part part) {
        return switch (part.way()) {
            case "list" ->
                    new ListReader(part, options.text("take-from").orElse("right").equals("left"));
            case "stream" ->
                    new StreamReader(
                            part,
                            options.text("field"),
                            options.text("start").orElse("begin").equals("end"));
            default -> new ChannelReader(part);
        };
    }
}
