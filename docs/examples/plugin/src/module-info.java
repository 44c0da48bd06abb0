/// A source that says hello, the format of its lines, a sink that keeps a list, and a detector.
module example.hello {
    requires io.netsentinel.detection;
    requires io.netsentinel.integrations;

    provides io.netsentinel.detection.spi.Detector with
            example.hello.CrowdDetector;
    provides io.netsentinel.integrations.spi.SourceFactory with
            example.hello.HelloSourceFactory;
    provides io.netsentinel.integrations.spi.Normalizer with
            example.hello.HelloNormalizer;
    provides io.netsentinel.integrations.spi.SinkFactory with
            example.hello.ListSinkFactory;
}
