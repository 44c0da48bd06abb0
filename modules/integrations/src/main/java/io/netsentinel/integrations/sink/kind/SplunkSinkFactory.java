package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.sink.net.AddressGuard;
import io.netsentinel.integrations.sink.net.HttpTarget;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import io.netsentinel.integrations.spi.SinkOptions;

/// `splunk`: the HTTP event collector.
public final class SplunkSinkFactory implements SinkFactory {
    /// For `ServiceLoader`.
    public SplunkSinkFactory() {}

    @Override
    public String kind() {
        return "splunk";
    }

    @Override
    public Sink create(SinkOptions options) {
        return new SplunkSink(
                HttpTarget.of(options, "/services/collector/event", new AddressGuard(true)),
                options.require("token"),
                options.text("index"),
                options.text("sourcetype").orElse("netsentinel:event"),
                Payload.json(options.flag("raw", true)));
    }
}
