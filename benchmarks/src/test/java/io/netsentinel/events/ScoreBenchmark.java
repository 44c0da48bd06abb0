package io.netsentinel.events;

import io.netsentinel.events.ThreatScore.Exploit;
import io.netsentinel.events.ThreatScore.SuricataAlert;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The score of an alert, with its reason.
@State(Scope.Benchmark)
public class ScoreBenchmark {
    private SuricataAlert alert =
            new SuricataAlert(1, "Major", "Medium", false, Exploit.CVE, false);

    /// One alert.
    @Benchmark
    public ThreatScore.Score score() {
        return ThreatScore.suricata(alert);
    }
}
