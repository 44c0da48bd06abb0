package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 9.1 and RFC 7692 5 and 7.1: what is offered and what is agreed on.
class DeflateOffersTest {
    private static final String AGREED =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=8",
                "permessage-deflate; client_max_window_bits=\"15\"",
                "permessage-deflate; server_no_context_takeover",
                "permessage-deflate;client_no_context_takeover;server_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate",
                " ,permessage-deflate , "
            })
    void acceptsWhatItCanHonour(String offers) {
        assertThat(answer(offers)).contains(AGREED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=\"15\"; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=9,"
                        + " permessage-deflate; server_max_window_bits=15"
            })
    void saysTheWindowWhereItWasAskedFor(String offers) {
        assertThat(answer(offers)).contains(AGREED + "; server_max_window_bits=15");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_max_window_bits=8",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=015",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; client_max_window_bits=x",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover=true",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
                "permessage-deflate; memory_level=9",
                "permessage-bzip2",
                "x-webkit-deflate-frame"
            })
    void declinesWhatItCannotHonourOrDoesNotUnderstand(String offers) {
        assertThat(answer(offers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ,",
                "permessage-deflate; ",
                "permessage-deflate; =15",
                "permessage-deflate; client_max_window_bits=",
                "permessage-deflate; client_max_window_bits=\"",
                "permessage-deflate; client_max_window_bits=\"\"",
                "permessage-deflate; client_max_window_bits=\"1 5\"",
                "permessage-deflate; client_max_window_bits=\"15\\",
                "permessage-deflate client_max_window_bits",
                "permessage-deflate = 1",
                "per/message",
                "permessage-defläte",
                "; permessage-deflate"
            })
    void aMalformedHeaderIsAnError(String offers) {
        assertThatThrownBy(() -> answer(offers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Sec-WebSocket-Extensions");
    }

    @Test
    void readsSeveralLinesAsOneListAndQuotedPairs() {
        assertThat(ExtensionOffer.parse(List.of("a; x=\"1\\2\"", "b;y, c")))
                .containsExactly(
                        new ExtensionOffer(
                                "a", List.of(new ExtensionOffer.Parameter("x", Optional.of("12")))),
                        new ExtensionOffer(
                                "b", List.of(new ExtensionOffer.Parameter("y", Optional.empty()))),
                        new ExtensionOffer("c", List.of()));
    }

    private static Optional<String> answer(String offers) {
        return DeflateOffers.answer(ExtensionOffer.parse(List.of(offers)));
    }
}
