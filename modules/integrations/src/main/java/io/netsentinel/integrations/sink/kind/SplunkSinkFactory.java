package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.sink.net.AddressGuard;
import io.netsentinel.integrations.sink.net.HttpTarget;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.List;

/// `splunk`: the HTTP event collector.
public final class SplunkSinkFactory implements SinkFactory {
    /// For `ServiceLoader`.
    public SplunkSinkFactory() {}

    @Override
    public String kind() {
        return "splunk";
    }

    @Override
    public List<Option> options() {
        return List.of(
                SinkOption.RAW,
                SinkOption.URL,
                SinkOption.CA,
                SinkOption.CERTIFICATE,
                SinkOption.KEY,
                Option.text("index", "netsentinel", "The index; without it, the token's."),
                Option.secret(
                        "token", SinkOption.TOKEN_EXAMPLE, "The token of the event collector."),
                Option.text(
                        "sourcetype",
                        "netsentinel:event",
                        "The source type (default `netsentinel:event`)."));
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Sink create(Options options) {
        return new SplunkSink(
                HttpTarget.of(
                        options,
                        "/services/collector/event",
                        new AddressGuard(options.limits().local())),
                options.require("token"),
                options.text("index"),
                options.text("sourcetype").orElse("netsentinel:event"),
                Payload.json(options.flag("raw", true)));
    }
}
