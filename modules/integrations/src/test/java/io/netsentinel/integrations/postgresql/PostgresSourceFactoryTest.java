package io.netsentinel.integrations.postgresql;

import io.netsentinel.integrations.SourceFactoryContract;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.List;
import java.util.Map;

final class PostgresSourceFactoryTest extends SourceFactoryContract {
    @Override
    protected SourceFactory factory() {
        return new PostgresSourceFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("url", "postgresql://127.0.0.1:1/nothing", "notifications", List.of("x"));
    }
}
