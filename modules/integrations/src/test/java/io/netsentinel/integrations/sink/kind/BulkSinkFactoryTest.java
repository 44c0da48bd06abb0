package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.SinkFactoryContract;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.Map;

final class BulkSinkFactoryTest extends SinkFactoryContract {
    @Override
    protected SinkFactory factory() {
        return new BulkSinkFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("url", "https://siem.example.org:9200");
    }
}
