package io.netsentinel.integrations.file;

import io.netsentinel.integrations.SourceFactoryContract;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.Map;

class CaptureSourceFactoryTest extends SourceFactoryContract {
    @Override
    protected SourceFactory factory() {
        return new CaptureSourceFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("path", "/nowhere/at/all/*.pcap");
    }
}
