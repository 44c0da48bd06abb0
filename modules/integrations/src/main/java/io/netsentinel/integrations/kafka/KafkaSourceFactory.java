package io.netsentinel.integrations.kafka;

import io.netsentinel.integrations.bus.BusOptions;
import io.netsentinel.integrations.bus.Inlet;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.ArrayList;
import java.util.List;

/// `kafka`: topics.
public final class KafkaSourceFactory implements SourceFactory {
    private static final int MIB = 1 << 20;
    private static final int LEAST_LINE = 1_024;
    private static final int MOST_LINE = 8 * MIB;

    /// For `ServiceLoader`.
    public KafkaSourceFactory() {}

    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(KafkaCluster.options());
        options.addAll(
                List.of(
                        Option.texts("topics", "suricata, zeek", "The topics to read."),
                        Option.text(
                                "group",
                                "netsentinel",
                                "A consumer group in which the position is shown to Kafka's own tools as"
                                        + " well. It is not read from there, and partitions are not shared:"
                                        + " every server reads all of them."),
                        Option.text(
                                "format",
                                "eve",
                                "What the messages are: `eve` (the default) for Suricata, `zeek`,"
                                        + " `cowrie`, `syslog`, or `event` for events as NetSentinel itself"
                                        + " writes them."),
                        Option.choice(
                                "start",
                                List.of("begin", "end"),
                                "Where to begin when the source is new: `begin` (the default) with what"
                                        + " is there, `end` with what comes."),
                        Option.size(
                                "max-line",
                                "1MiB",
                                "The longest message, 1KiB to 8MiB (default 1MiB). A longer one is"
                                        + " skipped and counted."),
                        BusOptions.BUS,
                        BusOptions.CHANNELS));
        return options;
    }

    @Override
    public Source create(Options options) {
        List<String> topics = options.texts("topics");
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("topics is missing");
        }
        for (String topic : topics) {
            if (!topic.matches("[A-Za-z0-9._-]{1,249}")) {
                throw new IllegalArgumentException(
                        "topics: letters, digits, . _ -, found \"" + topic + "\"");
            }
        }
        long maxLine = options.number("max-line", MIB);
        if (maxLine < LEAST_LINE || maxLine > MOST_LINE) {
            throw new IllegalArgumentException("max-line: 1 KiB to 8 MiB");
        }
        String format = options.text("format").orElse(BusOptions.usualFormat(options, "eve"));
        return new KafkaSource(
                options.name(),
                new KafkaSource.Part(
                        KafkaCluster.of(options),
                        topics,
                        options.text("group"),
                        options.text("start").orElse("begin").equals("end")),
                format,
                Inlet.of(options, format, Math.toIntExact(maxLine)));
    }
}
