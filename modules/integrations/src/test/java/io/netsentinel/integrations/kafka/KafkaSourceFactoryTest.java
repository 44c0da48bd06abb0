package io.netsentinel.integrations.kafka;

import io.netsentinel.integrations.SourceFactoryContract;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.List;
import java.util.Map;

final class KafkaSourceFactoryTest extends SourceFactoryContract {
    @Override
    protected SourceFactory factory() {
        return new KafkaSourceFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("servers", List.of("127.0.0.1:1"), "topics", List.of("nothing"));
    }
}
