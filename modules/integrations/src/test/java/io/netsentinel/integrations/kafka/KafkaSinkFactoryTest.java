package io.netsentinel.integrations.kafka;

import io.netsentinel.integrations.SinkFactoryContract;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.List;
import java.util.Map;

final class KafkaSinkFactoryTest extends SinkFactoryContract {
    @Override
    protected SinkFactory factory() {
        return new KafkaSinkFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("servers", List.of("127.0.0.1:1"));
    }
}
