/// Sources and normalizers: how events come in.
@org.jspecify.annotations.NullMarked
module io.netsentinel.integrations {
    requires transitive io.netsentinel.channels;
    requires transitive io.netsentinel.transport;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports io.netsentinel.integrations;
    exports io.netsentinel.integrations.spi;

    uses io.netsentinel.integrations.spi.Normalizer;

    provides io.netsentinel.integrations.spi.Normalizer with
            io.netsentinel.integrations.eve.EveNormalizer,
            io.netsentinel.integrations.EventNormalizer;
}
