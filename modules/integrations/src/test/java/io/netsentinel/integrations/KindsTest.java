package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.integrations.spi.Options;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KindsTest {
    @Test
    void anUnknownKindIsToldWithThoseThereAre() {
        assertThatThrownBy(() -> Kinds.sources().require("pigeon"))
                .hasMessageStartingWith("kind: there is no 'pigeon'; there are ")
                .hasMessageContaining("file, ");
    }

    @Test
    void anOptionOfAnotherKindIsToldWithThoseThereAre() {
        assertThatCode(() -> Kinds.sources().checkOptions("file", Set.of("path", "format")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Kinds.sources().checkOptions("file", Set.of("listen", "path")))
                .hasMessage(
                        "listen: not of a source of kind file, which has format, max-line, path,"
                                + " roots, start");
    }

    @Test
    void theCheckOfASourceIsThatOfItsKind() {
        assertThatThrownBy(() ->
                        Sources.check(
                                new InputSettings(
                                        "listen",
                                        new Options("lab", Map.of("listen", "pigeon://x:1")))))
                .hasMessageStartingWith("listen: 'pigeon://x:1' is none of udp://");
    }
}
