package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.sink.format.SyslogMessage;
import io.netsentinel.integrations.sink.net.TlsFiles;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.List;

/// `syslog`: RFC 5424 over UDP, TCP (octet counted) or TLS.
public final class SyslogSinkFactory implements SinkFactory {
    private static final List<String> SCHEMES = List.of("udp", "tcp", "tls");
    private static final long LOCAL0 = 16;
    private static final int LAST_FACILITY = 23;

    /// For `ServiceLoader`.
    public SyslogSinkFactory() {}

    @Override
    public String kind() {
        return "syslog";
    }

    @Override
    public List<Option> options() {
        return List.of(
                SinkOption.RAW,
                Option.text(
                        "url",
                        "tls://siem.example.org:6514",
                        "The target: `udp://`, `tcp://` or `tls://`, host and port."),
                SinkOption.CA,
                SinkOption.CERTIFICATE,
                SinkOption.KEY,
                Option.text(
                        "payload",
                        "json",
                        "What the messages hold: `json` (the default), `cef` or `leef`."),
                Option.count(
                        "facility",
                        new Option.Type.Count("a number", 0, LAST_FACILITY),
                        "16",
                        "The facility (default 16, local0)."),
                Option.text(
                        "app-name",
                        "netsentinel",
                        "The name in the messages (default `netsentinel`)."),
                Option.flag(
                        "confirm",
                        "true",
                        "Whether each batch over TCP or TLS is a connection that the receiver"
                                + " closes when it has read everything (default true). With `false` one"
                                + " connection is kept, and what is in buffers when it breaks is lost."));
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Sink create(Options options) {
        SinkUrl url = SinkUrl.parse(options.require("url"), SCHEMES);
        long facility = options.number("facility", LOCAL0);
        if (facility < 0 || facility > LAST_FACILITY) {
            throw new IllegalArgumentException("facility: 0 to 23, found " + facility);
        }
        SyslogMessage message =
                new SyslogMessage(
                        (int) facility,
                        options.text("app-name").orElse("netsentinel"),
                        Payload.of(
                                options.text("payload").orElse("json"), options.flag("raw", true)));
        if (url.scheme().equals("udp")) {
            return new UdpSyslogSink(url, message, options.limits());
        }
        TlsFiles tls = TlsFiles.of(options);
        return new TcpSyslogSink(
                new TcpConnector(url, tls, options.limits()),
                message,
                options.flag("confirm", true));
    }
}
