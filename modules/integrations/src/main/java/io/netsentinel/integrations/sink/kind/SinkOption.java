package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.spi.Option;

/// Options that several kinds have.
final class SinkOption {
    static final String TOKEN_EXAMPLE = "12345678-1234-1234-1234-123456789012";

    static final Option RAW =
            Option.flag(
                    "raw",
                    "true",
                    "Whether the sensor's own line, the field `raw`, is sent along (default true).");
    static final Option URL =
            Option.text(
                    "url", "https://siem.example.org:9200", "The target, `https://` or `http://`.");
    static final Option CA =
            Option.file(
                    "ca",
                    "/etc/netsentinel/siem-ca.pem",
                    "The only certificate authorities (PEM) the target's certificate may come from."
                            + " Without it, those Java knows.");
    static final Option CERTIFICATE =
            Option.file(
                    "certificate",
                    "/etc/netsentinel/client.pem",
                    "The sink's own certificate chain (PEM), for targets that ask for one.");
    static final Option KEY =
            Option.file(
                    "key",
                    "/etc/netsentinel/client-key.pem",
                    "Its unencrypted private key (PEM, PKCS #8).");

    private SinkOption() {}
}
