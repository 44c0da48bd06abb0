package io.netsentinel.integrations.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf(
        value = "io.netsentinel.integrations.SampleData#present",
        disabledReason = "the sample data is not beside the checkout")
class CaptureSampleTest {
    /// Counted by a script that knows only the lengths of records.
    @ParameterizedTest
    @CsvSource({
        "WebattackSQLinj.pcap, 94",
        "apache_exploit_success.pcap, 52",
        "dns-tunnel-iodine.pcap, 438",
        "emotet.pcap, 169",
        "ftp-bruteforce.pcap, 606",
        "log4j-attack.pcap, 72",
        "log4j-user_agent.pcap, 429",
        "sshguess.pcap, 431",
        "synscan.pcap, 2011",
        "xss.pcap, 11",
        "zerologon_exploit_win2019.pcap, 1012"
    })
    void everyPacketOfTheFilesIsCounted(String name, int packets) throws IOException {
        CaptureLab lab = CaptureLab.of(Files.readAllBytes(SampleData.file("pcap", name)));

        assertThat(lab.packets).hasSize(packets);
        assertThat(lab.capture.broken()).isEmpty();
        assertThat(lab.damages).isEmpty();
        assertThat(lab.packets).noneMatch(packet -> packet.has(Fields.NS_NOTE));
        long inFlows =
                lab.flows.stream().mapToLong(flow -> flow.number(Fields.NETWORK_PACKETS, 0)).sum();
        long addressed = lab.packets.stream().filter(p -> p.has(Fields.SOURCE_IP)).count();
        assertThat(inFlows).isEqualTo(addressed);
        assertThat(lab.flows).allMatch(flow -> flow.number(Fields.EVENT_DURATION, -1) >= 0);
    }

    @Test
    void aScanIsManyFlowsNobodyAnswered() throws IOException {
        List<Event> flows =
                CaptureLab.of(Files.readAllBytes(SampleData.file("pcap", "synscan.pcap"))).flows;

        assertThat(flows.stream().filter(flow -> flow.text(Fields.NS_TCP_FLAGS).matches("02|16")))
                .hasSizeGreaterThan(900);
    }

    @Test
    void noChangedFileMakesItThrow() throws IOException {
        Random random = new Random(11);
        List<Path> files;
        try (Stream<Path> all = Files.list(SampleData.file("pcap", "."))) {
            files = all.sorted().toList();
        }
        for (Path path : files) {
            byte[] file = Files.readAllBytes(path);
            for (int round = 0; round < 60; round++) {
                byte[] changed = file.clone();
                for (int i = random.nextInt(40); i >= 0; i--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                CaptureLab lab = new CaptureLab(50);
                lab.feed(changed, random, 20_000);
                lab.capture.end();
            }
        }
    }
}
