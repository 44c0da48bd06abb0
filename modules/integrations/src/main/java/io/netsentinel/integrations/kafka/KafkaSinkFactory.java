package io.netsentinel.integrations.kafka;

import io.netsentinel.integrations.bus.BusOptions;
import io.netsentinel.integrations.bus.Outlet;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `kafka`: a topic.
public final class KafkaSinkFactory implements SinkFactory {
    private static final List<String> COMPRESSIONS =
            List.of("none", "lz4", "zstd", "gzip", "snappy");
    private static final String USUAL_TOPIC = "netsentinel.{channel}";

    /// For `ServiceLoader`.
    public KafkaSinkFactory() {}

    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(KafkaCluster.options());
        options.addAll(
                List.of(
                        Option.text(
                                "topic",
                                USUAL_TOPIC,
                                "The topic, `{channel}` is the event's channel (default `netsentinel.{channel}`)."),
                        Option.choice(
                                "compression",
                                COMPRESSIONS,
                                "How batches are packed: `none` (the default), `lz4`, `zstd`, `gzip` or `snappy`."),
                        Option.flag(
                                "raw",
                                "true",
                                "Whether the sensor's own line, the field `raw`, is sent along"
                                        + " (default true)."),
                        BusOptions.BUS));
        return options;
    }

    @Override
    public Sink create(Options options) {
        String topic = options.text("topic").orElse(USUAL_TOPIC);
        if (!topic.replace("{channel}", "x").matches("[A-Za-z0-9._-]{1,180}")) {
            throw new IllegalArgumentException(
                    "topic: letters, digits, . _ - and {channel}, found \"" + topic + "\"");
        }
        return new KafkaSink(
                KafkaCluster.of(options),
                topic,
                options.text("compression").orElse("none"),
                options.time("timeout", Duration.ofSeconds(30)),
                Outlet.of(options));
    }
}
