package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    private final AddressText four = new AddressText(InetAddress.ofLiteral("10.0.0.5"));
    private final AddressText six = new AddressText(InetAddress.ofLiteral("2001:db8::1f"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.5",
                "{\"source\":{\"ip\":\"10.0.0.5\"}}",
                "from 10.0.0.5.",
                "from 10.0.0.5:443",
                "a line\\n10.0.0.5",
                "::ffff:10.0.0.5",
                "::FFFF:0a00:0005",
                "5.0.0.10.in-addr.arpa",
                "5.0.0.10.IN-ADDR.ARPA",
                "10.0.0.51 and 10.0.0.5",
                "IP 192.0.2.7.51515 > 10.0.0.5.443: Flags [S]",
                "node.10.0.0.5",
                "::ffff:10.0.0.5.443",
                "=10.0.0.5/32"
            })
    void anAddressOfFourNumbersIsFound(String text) {
        assertThat(four.in(text.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.51",
                "110.0.0.5",
                "1.10.0.0.5",
                "10.0.0.5.6",
                "10.0.0.5.443.2",
                "c.10.0.0.5.ip6.arpa",
                "10.0.0",
                "10.0.0.5.in-addr.arpa",
                "15.0.0.10.in-addr.arpa",
                "16:10:00.5",
                ""
            })
    void whatOnlyLooksLikeItIsNot(String text) {
        assertThat(four.in(text.getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8::1f",
                "2001:DB8:0:0:0:0:0:1F",
                "2001:0db8:0000:0000:0000:0000:0000:001f",
                "[2001:db8::1f]:443",
                "from 2001:db8::1f.",
                "from 2001:db8::1f...",
                "IP6 2001:db8::1f.443 > 2001:db8::2.51515:",
                "source:2001:db8::1f:",
                "a line\\n2001:db8::1f",
                "f.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
            })
    void anAddressOfSixteenBytesIsFoundHoweverItIsWritten(String text) {
        assertThat(six.in(text.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8::1",
                "2001:db8::1f0",
                "2001:db8:1f::",
                "20:01:0d:b8:00:1f",
                "16:11:14.123",
                "::"
            })
    void anotherOfSixteenBytesIsNot(String text) {
        assertThat(six.in(text.getBytes(UTF_8))).isFalse();
    }
}
