package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HouseMatchTest {
    private static final Event ALERT =
            Event.builder()
                    .put(Fields.RULE_ID, "2001")
                    .put(Fields.SOURCE_IP, "10.1.2.3")
                    .put(Fields.DESTINATION_IP, "2001:db8::5")
                    .put(Fields.OBSERVER_NAME, "dmz")
                    .build();

    private static HouseMatch match(
            String signature, String address, String source, String destination, String sensor) {
        return new HouseMatch(
                text(signature), range(address), range(source), range(destination), text(sensor));
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Cidr> range(String text) {
        return text.isEmpty() ? Optional.empty() : Cidr.parse(text);
    }

    @Test
    void everythingThatIsGivenMustBeMet() {
        assertThat(match("2001", "", "", "", "").meets(ALERT)).isTrue();
        assertThat(match("2002", "", "", "", "").meets(ALERT)).isFalse();
        assertThat(match("", "10.0.0.0/8", "", "", "").meets(ALERT)).isTrue();
        assertThat(match("", "2001:db8::/32", "", "", "").meets(ALERT)).isTrue();
        assertThat(match("", "10.9.0.0/16", "", "", "").meets(ALERT)).isFalse();
        assertThat(match("", "", "10.1.2.3", "", "").meets(ALERT)).isTrue();
        assertThat(match("", "", "2001:db8::5", "", "").meets(ALERT)).isFalse();
        assertThat(match("", "", "", "2001:db8::5", "").meets(ALERT)).isTrue();
        assertThat(match("", "", "", "10.0.0.0/8", "").meets(ALERT)).isFalse();
        assertThat(match("", "", "", "", "dmz").meets(ALERT)).isTrue();
        assertThat(match("", "", "", "", "lan").meets(ALERT)).isFalse();
        assertThat(match("2001", "10.1.2.3", "", "", "dmz").meets(ALERT)).isTrue();
        assertThat(match("2001", "10.1.2.3", "", "", "lan").meets(ALERT)).isFalse();
    }

    @Test
    void anAlertWithoutAnAddressIsInNoNetwork() {
        Event bare = Event.builder().put(Fields.RULE_ID, "2001").build();
        assertThat(match("", "0.0.0.0/0", "", "", "").meets(bare)).isFalse();
        assertThat(match("2001", "::/0", "", "", "").meets(bare)).isFalse();
    }

    @Test
    void aRuleThatWouldMeanEveryAlertIsRefused() {
        assertThatThrownBy(() -> match("", "", "", "", ""))
                .hasMessageContaining("at least one of signature, address");
    }

    @Test
    void aRuleIsInForceUntilItExpiresOrIsEnded() {
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        HouseRule rule =
                new HouseRule(
                        "01",
                        HouseAction.SUPPRESS,
                        match("1", "", "", "", ""),
                        Optional.of(now.plusSeconds(10)),
                        "noise",
                        List.of(new HouseRule.Step(HouseRule.MADE, "ann", now, "")));
        assertThat(rule.state(now)).isEqualTo("active");
        assertThat(rule.state(now.plusSeconds(10))).isEqualTo("expired");
        HouseRule ended = rule.end("bob", now, "mended");
        assertThat(ended.state(now)).isEqualTo("ended");
        assertThat(ended.history()).hasSize(2);
        assertThat(HouseJson.read(HouseJson.bytes(ended))).isEqualTo(ended);
    }
}
