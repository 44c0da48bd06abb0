package io.netsentinel.integrations.file;

import io.netsentinel.integrations.SourceFactoryContract;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.Map;

final class FileSourceFactoryTest extends SourceFactoryContract {
    @Override
    protected SourceFactory factory() {
        return new FileSourceFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("path", "/nowhere/eve.json");
    }
}
