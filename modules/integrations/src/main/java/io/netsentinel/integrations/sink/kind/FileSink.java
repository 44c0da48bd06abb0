package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// Appends events to a file, one JSON object a line. A batch is on the disk before it counts.
final class FileSink implements Sink {
    private final RotatedFile file;
    private final Payload payload;

    FileSink(RotatedFile file, Payload payload) {
        this.file = file;
        this.payload = payload;
    }

    @Override
    public String target() {
        return file.path().toString();
    }

    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(batch.size() * 1_024);
        for (SinkRecord record : batch) {
            lines.writeBytes(payload.write(record));
            lines.write('\n');
        }
        file.append(lines.toByteArray());
        return Delivery.ALL;
    }

    @Override
    public void close() {
        file.close();
    }
}
