package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.SinkFactoryContract;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.Map;

final class WebhookSinkFactoryTest extends SinkFactoryContract {
    @Override
    protected SinkFactory factory() {
        return new WebhookSinkFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("url", "https://siem.example.org/hook");
    }
}
