package io.netsentinel.integrations.sink.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TcpSyslogSinkTest extends SinkContract.Connected {
    private final SyslogReceiver receiver = new SyslogReceiver(ServerSocket::new);

    @AfterEach
    void away() {
        receiver.close();
    }

    @Override
    Receiver receiver() {
        return receiver;
    }

    private Sink sink(Map<String, Object> options) {
        return new SyslogSinkFactory().create(new Options("lab", options));
    }

    private String url() {
        return "tcp://127.0.0.1:" + receiver.port();
    }

    @Override
    protected Sink sink() {
        return sink(Map.of("url", url()));
    }

    @Override
    protected List<Long> got() {
        return receiver.messages.stream().map(SinkContract::offset).toList();
    }

    @Test
    void aConnectionCanBeKeptInstead() throws IOException {
        try (Sink sink = sink(Map.of("url", url(), "confirm", false))) {
            sink.deliver(records(1, 3));
            sink.deliver(records(4, 6));
            await("all are there", () -> got().size() == 6);
            assertThat(receiver.accepted()).isEqualTo(1);
            receiver.away();
            assertThat(failed(sink, records(7, 7))).isTrue();
            receiver.back();
            sink.deliver(records(7, 7));
            await("all are there", () -> got().size() == 7);
        }
    }

    @Test
    void whatCannotBeWrittenInAFormatIsRefusedAndTheOthersAreSent() throws IOException {
        try (Sink sink = sink(Map.of("url", url(), "payload", "cef"))) {
            SinkRecord junk =
                    new SinkRecord(
                            "alerts", "abcdefgh", 2, 0, "{junk}".getBytes(StandardCharsets.UTF_8));
            Delivery delivery = sink.deliver(List.of(record(1), junk, record(3)));
            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Partly.class,
                            partly -> assertThat(partly.refused()).containsOnlyKeys(1));
            assertThat(receiver.messages).hasSize(2).allMatch(text -> text.contains("CEF:0|"));
        }
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> sink(Map.of())).hasMessage("url is missing");
        assertThatThrownBy(() -> sink(Map.of("url", "tcp://x")))
                .hasMessage("url: expected udp:// or tcp:// or tls://HOST:PORT, found \"tcp://x\"");
        assertThatThrownBy(() -> sink(Map.of("url", url(), "payload", "xml")))
                .hasMessageStartingWith("payload: ");
        assertThatThrownBy(() -> sink(Map.of("url", url(), "facility", 24)))
                .hasMessage("facility: 0 to 23, found 24");
    }
}
