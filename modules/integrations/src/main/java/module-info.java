/// Sources and normalizers: how events come in.
///
/// @uses io.netsentinel.integrations.spi.Normalizer formats of lines
/// @provides io.netsentinel.integrations.spi.Normalizer `eve`, `zeek`, `cowrie`, `syslog` and
///   `event`
/// @provides io.netsentinel.transport.spi.Endpoint `/api/events`, `/api/sensors`, `/api/sources`
@org.jspecify.annotations.NullMarked
module io.netsentinel.integrations {
    requires transitive io.netsentinel.channels;
    requires transitive io.netsentinel.transport;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports io.netsentinel.integrations;
    exports io.netsentinel.integrations.spi;

    uses io.netsentinel.integrations.spi.Normalizer;

    provides io.netsentinel.integrations.spi.Normalizer with
            io.netsentinel.integrations.cowrie.CowrieNormalizer,
            io.netsentinel.integrations.eve.EveNormalizer,
            io.netsentinel.integrations.syslog.SyslogNormalizer,
            io.netsentinel.integrations.zeek.ZeekNormalizer,
            io.netsentinel.integrations.EventNormalizer;
    provides io.netsentinel.transport.spi.Endpoint with
            io.netsentinel.integrations.EventsEndpoint,
            io.netsentinel.integrations.StatusEndpoint;
}
