package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.SinkFactoryContract;
import io.netsentinel.integrations.spi.SinkFactory;
import java.nio.file.Path;
import java.util.Map;

final class FileSinkFactoryTest extends SinkFactoryContract {
    @Override
    protected SinkFactory factory() {
        return new FileSinkFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("path", Path.of("/nowhere/out.ndjson"));
    }
}
