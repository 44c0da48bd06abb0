package io.netsentinel.integrations.valkey;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.integrations.SourceFactoryContract;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ValkeySourceFactoryTest extends SourceFactoryContract {
    @Override
    protected SourceFactory factory() {
        return new ValkeySourceFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of("url", "redis://127.0.0.1:1", "list", "nothing");
    }

    private void assertRefused(Map<String, Object> more, String reason) {
        Map<String, Object> all = new HashMap<>(least());
        all.putAll(more);
        assertThatThrownBy(() -> factory().create(new Options("lab", all)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertRefused(Map.of("stream", "x"), "list and stream exclude each other");
        assertRefused(Map.of("field", "x"), "field: only with stream");
        assertRefused(Map.of("start", "end"), "start: only with stream");
        assertRefused(Map.of("username", "x"), "password is missing");
        assertRefused(Map.of("url", "redis://me:hush@127.0.0.1"), "url: expected redis://HOST");
        assertRefused(Map.of("url", "http://127.0.0.1"), "url: expected redis://HOST");
        assertRefused(Map.of("bus", "soc"), "channels: a bus needs");
        assertRefused(Map.of("channels", List.of("ml")), "channels: only together with bus");
        assertRefused(
                Map.of("bus", "soc", "channels", List.of("ml"), "format", "eve"),
                "format: what comes by a bus");
        assertRefused(
                Map.of("bus", "soc", "channels", List.of("audit")),
                "channels: audit is written by the server only");
    }
}
