package io.netsentinel.integrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.channels.HistoryPage;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.transport.Problem;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\u0000=1",
                "=cmd|' /C calc'!A0",
                "\uff1d1",
                "-"
            })
    void whatASpreadsheetWouldRunIsText(String text) {
        assertThat(CsvCell.of(text).replaceFirst("^\"", "")).startsWith("'");
    }

    @Test
    void quotesCommasAndLineEndsStayInTheirCell() {
        assertThat(CsvCell.of("plain text")).isEqualTo("plain text");
        assertThat(CsvCell.of("a,b")).isEqualTo("\"a,b\"");
        assertThat(CsvCell.of("a;b")).isEqualTo("\"a;b\"");
        assertThat(CsvCell.of("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(CsvCell.of("a\r\nb\nc")).isEqualTo("\"a\nb\nc\"");
        assertThat(CsvCell.of("a\rb")).isEqualTo("a\\x0db");
        assertThat(CsvCell.of("\u001b[2J\u202e")).isEqualTo("\\x1b[2J\\u202e");
        assertThat(CsvCell.of("")).isEmpty();
    }

    @Test
    void aPageHasARowForEachEventAndOneThatIsNoneIsEmpty() {
        byte[] event =
                Event.builder()
                        .put(Fields.TIMESTAMP, "2026-06-01T12:00:00Z")
                        .put(Fields.RULE_NAME, "=HYPERLINK(\"x\")")
                        .put(Fields.SOURCE_PORT, 80)
                        .build()
                        .toJson();
        HistoryPage page =
                new HistoryPage(
                        "alerts",
                        "abcdefgh",
                        List.of(
                                new LogRecord(5, 0, 1, 0, event),
                                new LogRecord(6, 0, 1, 0, "{junk}".getBytes(UTF_8))),
                        List.of(),
                        OptionalLong.of(6));
        CsvExport csv = CsvExport.of("@timestamp,rule.name,source.port");
        assertThat(new String(csv.write(page), UTF_8))
                .isEqualTo(
                        String.join(
                                "\r\n",
                                "offset,'@timestamp,rule.name,source.port",
                                "5,2026-06-01T12:00:00Z,\"'=HYPERLINK(\"\"x\"\")\",80",
                                "6,,,",
                                ""));
    }

    @Test
    void fieldsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> CsvExport.of("a,,b")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> CsvExport.of("a b")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> CsvExport.of("a,".repeat(51) + "a")).isInstanceOf(Problem.class);
    }
}
