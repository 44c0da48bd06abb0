package io.netsentinel.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.ThreatScore.Exploit;
import io.netsentinel.events.ThreatScore.Score;
import io.netsentinel.events.ThreatScore.SuricataAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreatScoreTest {
    @ParameterizedTest
    @CsvSource({
        "1, '', '', false, NONE, false, 62",
        "2, '', '', false, NONE, false, 40",
        "3, '', '', false, NONE, false, 18",
        "4, '', '', false, NONE, false, 4",
        "0, '', '', false, NONE, false, 4",
        "3, Critical, High, false, NONE, false, 99",
        "3, critical, High, false, KNOWN_EXPLOITED, false, 100",
        "1, Major, High, false, KNOWN_EXPLOITED, false, 88",
        "1, Major, Medium, false, KNOWN_EXPLOITED, false, 81",
        "1, Major, Medium, false, CVE, false, 74",
        "1, Major, High, true, NONE, false, 44",
        "1, Minor, Low, false, NONE, false, 33",
        "1, Informational, Medium, false, NONE, false, 19",
        "1, Nonsense, Nonsense, false, NONE, false, 62",
        "1, Major, High, false, NONE, true, 47",
        "3, '', '', false, NONE, true, 18",
    })
    void aSuricataAlertIsScored(
            int severity,
            String rated,
            String confidence,
            boolean blocked,
            Exploit exploit,
            boolean reputation,
            int expected) {
        SuricataAlert alert =
                new SuricataAlert(severity, rated, confidence, blocked, exploit, reputation);

        assertThat(ThreatScore.suricata(alert).value()).isEqualTo(expected);
    }

    @Test
    void theReasonShowsTheWholeCalculation() {
        Score score =
                ThreatScore.suricata(
                        new SuricataAlert(1, "Major", "Medium", true, Exploit.CVE, false));

        assertThat(score.why())
                .isEqualTo("Major 73 x confidence Medium 0.9 x blocked 0.6 + CVE 8 = 47");
        assertThat(score.severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void theReasonSaysWhenAReputationListIsCapped() {
        Score score =
                ThreatScore.suricata(
                        new SuricataAlert(1, "Major", "High", false, Exploit.NONE, true));

        assertThat(score.why()).endsWith("= 73, reputation list: at most 47");
    }

    @Test
    void theReasonNeverRepeatsForeignText() {
        Score score =
                ThreatScore.suricata(
                        new SuricataAlert(2, "<b>", "\u001b[31m", false, Exploit.NONE, false));

        assertThat(score.why()).isEqualTo("severity 2 47 x confidence not given 0.85 = 40");
    }

    @ParameterizedTest
    @CsvSource({
        "ET CINS Active Threat Intelligence Poor Reputation IP group 12, true",
        "ET DROP Spamhaus DROP Listed Traffic Inbound group 3, true",
        "ET DROP Dshield Block Listed Source group 1, true",
        "ET COMPROMISED Known Compromised or Hostile Host Traffic group 5, true",
        "ET EXPLOIT Apache log4j RCE Attempt, false",
        "ET DROPPER Something, false",
    })
    void reputationListsAreKnownByName(String name, boolean expected) {
        assertThat(ThreatScore.reputationList(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0,INFO",
        "1,LOW",
        "21,LOW",
        "22,MEDIUM",
        "47,MEDIUM",
        "48,HIGH",
        "73,HIGH",
        "74,CRITICAL",
        "100,CRITICAL"
    })
    void theBandsMeetWithoutAGap(int score, Severity expected) {
        assertThat(Severity.ofScore(score)).isEqualTo(expected);
    }

    @Test
    void aSeverityIsReadInAnyCase() {
        assertThat(Severity.parse("High")).contains(Severity.HIGH);
        assertThat(Severity.parse("worst")).isEmpty();
    }
}
