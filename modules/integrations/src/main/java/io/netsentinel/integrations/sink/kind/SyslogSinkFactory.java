package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.sink.format.SyslogMessage;
import io.netsentinel.integrations.sink.net.TlsFiles;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import io.netsentinel.integrations.spi.SinkOptions;
import java.util.List;

/// `syslog`: RFC 5424 over UDP, TCP (octet counted) or TLS.
public final class SyslogSinkFactory implements SinkFactory {
    private static final List<String> SCHEMES = List.of("udp", "tcp", "tls");
    private static final long LOCAL0 = 16;
    private static final long LAST_FACILITY = 23;

    /// For `ServiceLoader`.
    public SyslogSinkFactory() {}

    @Override
    public String kind() {
        return "syslog";
    }

    @Override
    public Sink create(SinkOptions options) {
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
            return new UdpSyslogSink(url, message);
        }
        TlsFiles tls = TlsFiles.of(options);
        return new TcpSyslogSink(
                new TcpConnector(url, tls), message, options.flag("confirm", true));
    }
}
