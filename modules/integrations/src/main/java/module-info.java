/// Sources and normalizers: how events come in. Sinks: how they go out.
///
/// @uses io.netsentinel.integrations.spi.Normalizer formats of lines
/// @uses io.netsentinel.integrations.spi.SinkFactory kinds of sinks
/// @uses io.netsentinel.integrations.spi.SourceFactory kinds of sources
/// @provides io.netsentinel.integrations.spi.Normalizer `eve`, `zeek`, `cowrie`, `syslog` and
///   `event`
/// @provides io.netsentinel.integrations.spi.SinkFactory `elasticsearch`, `email`, `file`, `kafka`,
///   `splunk`, `syslog`, `valkey`, `webhook`
/// @provides io.netsentinel.integrations.spi.SourceFactory `file`, `kafka`, `listen`, `pcap`,
///   `postgresql`, `valkey`
/// @provides io.netsentinel.transport.spi.Endpoint `/api/enrichment`, `/api/events`,
///   `/api/notifications`, `/api/plugins`, `/api/rules`, `/api/sensors`, `/api/sinks`,
///   `/api/sources`
/// @provides io.netsentinel.transport.spi.Meter of sensors, sources and sinks
@org.jspecify.annotations.NullMarked
module io.netsentinel.integrations {
    requires transitive io.netsentinel.channels;
    requires transitive io.netsentinel.transport;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.maxmind.db;
    requires java.net.http;
    requires java.sql;
    requires kafka.clients;
    requires org.apache.commons.net;
    requires org.postgresql.jdbc;
    requires redis.clients.jedis;
    requires static org.checkerframework.checker.qual;
    requires static org.jspecify;

    exports io.netsentinel.integrations;
    exports io.netsentinel.integrations.spi;

    uses io.netsentinel.integrations.spi.Normalizer;
    uses io.netsentinel.integrations.spi.SinkFactory;
    uses io.netsentinel.integrations.spi.SourceFactory;

    provides io.netsentinel.integrations.spi.Normalizer with
            io.netsentinel.integrations.cowrie.CowrieNormalizer,
            io.netsentinel.integrations.eve.EveNormalizer,
            io.netsentinel.integrations.syslog.SyslogNormalizer,
            io.netsentinel.integrations.zeek.ZeekNormalizer,
            io.netsentinel.integrations.EventNormalizer;
    provides io.netsentinel.integrations.spi.SinkFactory with
            io.netsentinel.integrations.kafka.KafkaSinkFactory,
            io.netsentinel.integrations.sink.kind.BulkSinkFactory,
            io.netsentinel.integrations.sink.kind.EmailSinkFactory,
            io.netsentinel.integrations.sink.kind.FileSinkFactory,
            io.netsentinel.integrations.sink.kind.SplunkSinkFactory,
            io.netsentinel.integrations.sink.kind.SyslogSinkFactory,
            io.netsentinel.integrations.sink.kind.WebhookSinkFactory,
            io.netsentinel.integrations.valkey.ValkeySinkFactory;
    provides io.netsentinel.integrations.spi.SourceFactory with
            io.netsentinel.integrations.file.CaptureSourceFactory,
            io.netsentinel.integrations.file.FileSourceFactory,
            io.netsentinel.integrations.kafka.KafkaSourceFactory,
            io.netsentinel.integrations.listen.ListenSourceFactory,
            io.netsentinel.integrations.postgresql.PostgresSourceFactory,
            io.netsentinel.integrations.valkey.ValkeySourceFactory;
    provides io.netsentinel.transport.spi.Meter with
            io.netsentinel.integrations.SourceMeter;
    provides io.netsentinel.transport.spi.Endpoint with
            io.netsentinel.integrations.EnrichmentEndpoint,
            io.netsentinel.integrations.EventsEndpoint,
            io.netsentinel.integrations.NotificationsEndpoint,
            io.netsentinel.integrations.PluginsEndpoint,
            io.netsentinel.integrations.RulesEndpoint,
            io.netsentinel.integrations.SinksEndpoint,
            io.netsentinel.integrations.SourcesEndpoint,
            io.netsentinel.integrations.StatusEndpoint;
}
