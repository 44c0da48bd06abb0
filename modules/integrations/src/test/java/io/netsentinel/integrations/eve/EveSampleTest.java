package io.netsentinel.integrations.eve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Severity;
import io.netsentinel.integrations.SampleData;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
        value = "io.netsentinel.integrations.SampleData#present",
        disabledReason = "the sample data ../shared/data is not there")
class EveSampleTest {
    private static final LineContext CONTEXT =
            LineContext.of("lab", Instant.parse("2026-06-01T13:00:00Z"));

    private final EveNormalizer normalizer = new EveNormalizer();

    private Routed accept(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        Normalized result = normalizer.normalize(bytes, 0, bytes.length, CONTEXT);
        assertThat(result).as(line).isInstanceOf(Normalized.Accepted.class);
        return ((Normalized.Accepted) result).events().getFirst();
    }

    private List<Event> demoAlerts() {
        return SampleData.lines(SampleData.EVE.resolve("demo-1h.eve.json")).stream()
                .map(line -> accept(line).event())
                .filter(event -> event.kind().equals("alert"))
                .toList();
    }

    @Test
    void everyLineOfTheSamplesBecomesAnEventThatReadsBackEqual() {
        for (Path file : SampleData.eveFiles()) {
            for (String line : SampleData.lines(file)) {
                Event event = accept(line).event();
                assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
                assertThat(event.has(Fields.NS_NOTE)).isFalse();
                assertThat(line).startsWith(event.text(Fields.RAW));
                assertThat(event.timestamp()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
            }
        }
    }

    @Test
    void theDemoHourHasTheExpectedSeverities() {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        demoAlerts().forEach(alert -> counts.merge(alert.severity(), 1, Integer::sum));

        assertThat(counts)
                .containsOnly(
                        Map.entry(Severity.CRITICAL, 16),
                        Map.entry(Severity.HIGH, 144),
                        Map.entry(Severity.MEDIUM, 81),
                        Map.entry(Severity.LOW, 478));
    }

    @Test
    void theCriticalOnesAreExactlyTheExploits() {
        List<Event> critical =
                demoAlerts().stream()
                        .filter(alert -> alert.severity() == Severity.CRITICAL)
                        .toList();

        assertThat(critical)
                .hasSize(16)
                .allMatch(alert ->
                        alert.text(Fields.RULE_NAME).contains("Apache log4j RCE")
                                || alert.text(Fields.RULE_NAME)
                                        .contains("Apache HTTP Server 2.4.49"))
                .allMatch(alert ->
                        List.of("CVE-2021-44228", "CVE-2021-41773")
                                .contains(alert.text(Fields.VULNERABILITY_ID)));
        assertThat(demoAlerts().stream().filter(EveSampleTest::exploit)).hasSize(16);
    }

    private static boolean exploit(Event alert) {
        String name = alert.text(Fields.RULE_NAME);
        return name.contains("log4j RCE") || name.contains("Apache HTTP Server 2.4.49");
    }

    @Test
    void eventsGoToTheChannelsOfTheirKind() {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : SampleData.lines(SampleData.EVE.resolve("demo-1h.eve.json"))) {
            for (String channel : accept(line).channels()) {
                counts.merge(channel, 1, Integer::sum);
            }
        }
        assertThat(counts)
                .containsEntry(Channel.ALERTS, 719)
                .containsEntry(Channel.THREATS, 160)
                .containsEntry(Channel.SYSTEM, 1)
                .containsEntry(Channel.NETWORK, 8693 - 719 - 1);
    }

    @Test
    void spoiltLinesNeverThrow() {
        Random random = new Random(5);
        for (Path file : SampleData.eveFiles()) {
            List<String> lines = SampleData.lines(file);
            for (int i = 0; i < 5_000; i++) {
                byte[] line = lines.get(random.nextInt(lines.size())).getBytes(UTF_8);
                int length = spoil(line, random);
                if (normalizer.normalize(line, 0, length, CONTEXT)
                        instanceof Normalized.Accepted(List<Routed> events)) {
                    Event event = events.getFirst().event();
                    assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
                }
            }
        }
    }

    /// Changes some bytes and cuts the line now and then; gives the new length.
    private static int spoil(byte[] line, Random random) {
        byte[] likely =
                "\"{}[],:\\0-e\u0000\u00ff".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int n = random.nextInt(4); n >= 0; n--) {
            line[random.nextInt(line.length)] =
                    random.nextBoolean()
                            ? likely[random.nextInt(likely.length)]
                            : (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? random.nextInt(line.length + 1) : line.length;
    }
}
