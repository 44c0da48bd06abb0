package io.netsentinel.integrations.valkey;

import io.netsentinel.integrations.SinkFactoryContract;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.Map;

final class ValkeySinkFactoryTest extends SinkFactoryContract {
    @Override
    protected SinkFactory factory() {
        return new ValkeySinkFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("url", "redis://127.0.0.1:1");
    }
}
