package io.netsentinel.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Event EVENT =
            Event.fromJson(
                    """
                    {"@timestamp":"2026-06-01T12:00:00.5Z","event":{"category":["network","web"]},
                     "source":{"ip":"10.1.2.3","port":40000},
                     "destination":{"ip":"2001:db8::5","port":443},
                     "rule":{"id":"2016672","name":"ET MALWARE Evil [Backdoor] \\"x\\""},
                     "url":{"path":"/a/b"},"user":{"name":"o'neil"},
                     "tls":{"resumed":true,"version":"1.2"},"half":0.5,
                     "ns":{"severity":"high","score":66}}
                    """
                            .getBytes(UTF_8));

    private static boolean test(String filter) {
        return Filter.parse(filter).test(EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "severity = high",
                "severity >= medium",
                "severity in (critical, HIGH)",
                "ns.severity != low",
                "source.ip = 10.1.2.3",
                "source.ip in 10.0.0.0/8",
                "source.ip in (192.168.0.0/16, 10.1.2.3)",
                "destination.ip = 2001:0db8:0000:0000:0000:0000:0000:0005",
                "destination.ip in 2001:db8::/32",
                "destination.port in (53, 443)",
                "destination.port = \"443\"",
                "destination.port >= 443 and destination.port < 443.5",
                "not destination.port in (53,123)",
                "destination.port not in (53,123)",
                "rule.name ~ \"et malware*\"",
                "rule.name ~ '*[backdoor]*'",
                "rule.name ~ *evil*",
                "rule.name =~ '^ET .*\\[Back'",
                "rule.name =~ \"\\\"x\\\"\"",
                "rule.id = 2016672",
                "rule.id > 2016671",
                "event.category = web and event.category = network",
                "event.category in (dns, web)",
                "user.name = 'o\\'neil' or user.name = \"o'neil\"",
                "url.path = \"/a/b\"",
                "url.path = /a/b",
                "tls.resumed = true",
                "tls.version = 1.2",
                "half < 1",
                "tls.resumed exists and not dns.id exists",
                "dns.id != 5",
                "@timestamp >= 2026-06-01T12:00:00Z",
                "@timestamp < \"2026-06-01T12:00:01Z\"",
                "(severity = low or severity = high) and source.port exists",
                "severity = low and severity = high or source.port = 40000",
                "NOT severity = low AND source.port = 40000",
                "severity >= high and source.ip in 10.0.0.0/8 and not destination.port in (53,123)"
                        + " and rule.name ~ \"ET MALWARE*\"",
            })
    void aFilterThatHolds(String filter) {
        assertThat(test(filter)).isTrue();
        assertThat(test("not (" + filter + ")")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "severity > high",
                "source.ip = 10.1.2.4",
                "rule.name in 10.0.0.0/8",
                "source.ip = \"10.01.2.3\"",
                "dns.id = 5",
                "dns.id < 5",
                "dns.id ~ *",
                "rule.name = \"ET MALWARE\"",
                "rule.name ~ MALWARE",
                "event.category = \"network,web\"",
                "event.category > 3",
                "rule.name > 3",
                "rule.name > 2026-06-01T12:00:00Z",
            })
    void aFilterThatDoesNotHold(String filter) {
        assertThat(test(filter)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 1",
                "severity | 9",
                "severity = | 11",
                "severity = worst | 12",
                "severity >= 3 | 13",
                "severity and | 10",
                "a = 1 b = 2 | 7",
                "a = 1 and | 10",
                "(a = 1 | 7",
                "a = 1) | 6",
                "a in () | 7",
                "a in (1 2) | 9",
                "a in (1, | 9",
                "a = \"x | 5",
                "a = \"x\\ | 5",
                "a ! 1 | 3",
                "a < x | 5",
                "a = 10.0.0.0/8 | 5",
                "a =~ \"(\" | 6",
                "a =~ \"((x{100}){100}){100}\" | 6",
                "= 1 | 1",
                "a. = 1 | 1",
                "a..b = 1 | 1",
                "\"a\" = 1 | 1",
                "a not 1 | 7",
                "a = {x} | 5",
                "a & b | 3",
            })
    void aBadFilterIsRefusedWithItsColumn(String filter, int column) {
        FilterException problem =
                catchThrowableOfType(FilterException.class, () -> Filter.parse(filter));

        assertThat(problem).as(filter).isNotNull();
        assertThat(problem.column()).as(problem.getMessage()).isEqualTo(column);
    }

    @Test
    void sizeIsBounded() {
        assertThatThrownBy(() -> Filter.parse("(".repeat(40) + "a=1" + ")".repeat(40)))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> Filter.parse("not ".repeat(40) + "a=1"))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> Filter.parse("a=1" + " or a=1".repeat(300)))
                .hasMessageContaining("conditions");
        assertThatThrownBy(() -> Filter.parse("a=1" + " ".repeat(4096)))
                .hasMessageContaining("characters");
        assertThatThrownBy(() -> Filter.parse("a in (1" + ",1".repeat(1000) + ")"))
                .hasMessageContaining("values");
        assertThatThrownBy(() -> Filter.parse("a =~ x" + " or a =~ x".repeat(8)))
                .hasMessageContaining("regular expressions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "((severity=HIGH)) | severity = high",
                "ns.severity in (high) | severity = high",
                "a=1 AND (b='x' and c=\"y\\\\\") | a = 1 and b = \"x\" and c = \"y\\\\\"",
                "(a=1 or b=2) and not (c=3 or d=4) | (a = 1 or b = 2) and not (c = 3 or d = 4)",
                "a=1 or (b=2 and c=3) | a = 1 or b = 2 and c = 3",
                "source.ip in (10.1.1.1/8,2001:DB8:0::1) | source.ip in (10.0.0.0/8, 2001:db8::1)",
                "source.ip in 10.1.1.1/8 | source.ip in 10.0.0.0/8",
                "a != 1 | not a = 1",
                "a not in (1,2,1) | not a in (1, 2)",
                "a ~ x* | a ~ \"x*\"",
                "a =~ '\\d+' | a =~ \"\\\\d+\"",
                "a < 2026-01-01T00:00:00.000Z | a < \"2026-01-01T00:00:00Z\"",
                "not not a exists | not not a exists",
            })
    void equalFiltersHaveOneText(String filter, String canonical) {
        Filter parsed = Filter.parse(filter);
        assertThat(parsed.text()).isEqualTo(canonical);
        assertThat(Filter.parse(parsed.text())).isEqualTo(parsed).hasSameHashCodeAs(parsed);
    }

    @Test
    void aHostileGlobOrRegexOnALongTextIsNoProblem() {
        Event event = Event.builder().put("a", "a".repeat(1_000_000)).build();

        assertThat(Filter.parse("a ~ \"" + "*a".repeat(200) + "*b\"").test(event)).isFalse();
        assertThat(Filter.parse("a =~ \"(a*)*(a|aa)*b\"").test(event)).isFalse();
    }

    @Test
    void anyTextIsEitherAFilterOrAFilterException() {
        String[] parts = {
            "a",
            "severity",
            "=",
            "!=",
            "~",
            "=~",
            "in",
            "(",
            ")",
            ",",
            "not",
            "and",
            "or",
            "exists",
            "1",
            "10.0.0.0/8",
            "\"x\"",
            "'",
            "\\",
            "high",
            "<",
            ">=",
            "{",
            "\u0000",
            "[a-",
            "2026-01-01T00:00:00Z"
        };
        Random random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(parts[random.nextInt(parts.length)]).append(' ');
            }
            try {
                Filter filter = Filter.parse(text.toString());
                assertThat(Filter.parse(filter.text())).isEqualTo(filter);
                filter.test(EVENT);
            } catch (FilterException e) {
                assertThat(e.column()).isBetween(1, text.length() + 1);
            }
        }
    }
}
