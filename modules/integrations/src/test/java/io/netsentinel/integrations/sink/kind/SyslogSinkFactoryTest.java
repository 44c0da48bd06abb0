package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.SinkFactoryContract;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.Map;

final class SyslogSinkFactoryTest extends SinkFactoryContract {
    @Override
    protected SinkFactory factory() {
        return new SyslogSinkFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("url", "tcp://siem.example.org:6514");
    }
}
