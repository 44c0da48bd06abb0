package io.netsentinel.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The values are those of the specification's own examples.
class CommunityIdTest {
    @ParameterizedTest
    @CsvSource({
        "128.232.110.120, 34855, 66.35.250.204, 80, 6, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
        "192.168.1.52, 54585, 8.8.8.8, 53, 17, 1:d/FP5EW3wiY1vCndhwleRRKHowQ=",
        "192.168.170.8, 7, 192.168.170.56, 80, 132, 1:jQgCxbku+pNGw8WPbEc/TS/uTpQ=",
        "192.168.0.89, 8, 192.168.0.1, 0, 1, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
        "fe80::260:97ff:fe07:69ea, 134, ff02::1, 0, 58, 1:pkvHqCL88/tg1k4cPigmZXUtL00="
    })
    void aFlowHasTheIdOfTheSpecification(
            String source, int from, String destination, int to, int protocol, String id) {
        int answer = CommunityId.answer(protocol, from);
        boolean icmp = protocol == 1 || protocol == 58;
        int port = icmp && answer >= 0 ? answer : to;

        assertThat(id(source, from, destination, port, protocol)).isEqualTo(id);
        if (!icmp) {
            assertThat(id(destination, to, source, from, protocol)).isEqualTo(id);
        }
    }

    @Test
    void aQuestionAndItsAnswerHaveTheSameId() {
        assertThat(id("192.0.2.1", 8, "192.0.2.2", 0, 1))
                .isEqualTo(id("192.0.2.2", 0, "192.0.2.1", 8, 1));
    }

    @Test
    void aMessageNobodyAnswersHasTheIdOfItsDirection() {
        assertThat(id("192.0.2.1", 3, "192.0.2.2", 1, 1))
                .isNotEqualTo(id("192.0.2.2", 3, "192.0.2.1", 1, 1));
    }

    private static String id(String source, int from, String destination, int to, int protocol) {
        return CommunityId.of(address(source), from, address(destination), to, protocol);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
