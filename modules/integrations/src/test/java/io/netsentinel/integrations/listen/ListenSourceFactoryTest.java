package io.netsentinel.integrations.listen;

import io.netsentinel.integrations.SourceFactoryContract;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.Map;

final class ListenSourceFactoryTest extends SourceFactoryContract {
    @Override
    protected SourceFactory factory() {
        return new ListenSourceFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("listen", "tcp://127.0.0.1:0");
    }
}
