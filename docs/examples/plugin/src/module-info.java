/// A source that says hello, the format of its lines, and a sink that keeps a list.
module example.hello {
    requires io.netsentinel.integrations;

    provides io.netsentinel.integrations.spi.SourceFactory with
            example.hello.HelloSourceFactory;
    provides io.netsentinel.integrations.spi.Normalizer with
            example.hello.HelloNormalizer;
    provides io.netsentinel.integrations.spi.SinkFactory with
            example.hello.ListSinkFactory;
}
