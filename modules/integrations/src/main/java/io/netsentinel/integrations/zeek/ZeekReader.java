package io.netsentinel.integrations.zeek;

import io.netsentinel.integrations.Utf8;
import io.netsentinel.integrations.record.FlatRecord;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Reads one stream of Zeek's lines. Each line may be JSON or, once a `#fields` line has come,
/// tab-separated.
final class ZeekReader implements LineReader {
    private final String path;
    private final TsvHeader header = new TsvHeader();

    /// @param path the log's name as far as the file's name says it, else empty
    ZeekReader(String path) {
        this.path = path;
    }

    @Override
    public Normalized read(byte[] line, int offset, int length, LineContext context) {
        if (length > 0 && line[offset] == '#') {
            header.take(text(line, offset, length));
            return Normalized.SKIPPED;
        }
        if (length > 0 && line[offset] == '{') {
            return json(line, offset, length, context);
        }
        return separated(line, offset, length, context);
    }

    private Normalized json(byte[] line, int offset, int length, LineContext context) {
        return switch (FlatRecord.read(line, offset, length)) {
            case FlatRecord.Result.Bad(String reason) -> new Normalized.Rejected(reason);
            case FlatRecord.Result.Values(Map<String, Object> record, String note) ->
                    new ZeekEvent(record, path(record), note)
                            .normalized(line, offset, length, context);
        };
    }

    private Normalized separated(byte[] line, int offset, int length, LineContext context) {
        if (!header.known()) {
            return new Normalized.Rejected(
                    "neither a JSON object nor below a #fields line: not a Zeek record");
        }
        Optional<Map<String, Object>> record = header.read(text(line, offset, length));
        if (record.isEmpty()) {
            return new Normalized.Rejected(
                    "not as many columns as the #fields line names: " + header.columns());
        }
        String note = Utf8.valid(line, offset, length) ? "" : "invalid UTF-8 was replaced";
        String name = header.path().isEmpty() ? path(record.get()) : header.path();
        return new ZeekEvent(record.get(), name, note).normalized(line, offset, length, context);
    }

    private String path(Map<String, Object> record) {
        if (record.get("_path") instanceof String name) {
            return name;
        }
        if (record.get("@stream") instanceof String name) {
            return name;
        }
        return ZeekLogs.known(path) ? path : ZeekLogs.guess(record, path);
    }

    private static String text(byte[] line, int offset, int length) {
        return new String(line, offset, length, StandardCharsets.UTF_8);
    }
}
