package io.netsentinel.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The threat score, 0 to 100, and why it is what it is.
///
/// `clamp(round(base × confidence × (blocked ? 0.6 : 1) + bonus))`. The base is what the rule's
/// author says about severity, or else the source's own severity number.
public final class ThreatScore {
    /// From this score on an event is a threat too.
    public static final int THREAT = 48;

    private static final int MAX = 100;
    private static final int REPUTATION_CAP = 47;
    private static final int KEV_BONUS = 15;
    private static final int CVE_BONUS = 8;
    private static final double BLOCKED_FACTOR = 0.6;
    private static final double DEFAULT_CONFIDENCE = 0.85;

    private ThreatScore() {}

    /// A score and its reason.
    ///
    /// @param value 0 to 100
    /// @param why the calculation in one line, for example `Major 73 x confidence Medium 0.9 + CVE
    ///   8 = 74`
    public record Score(int value, String why) {
        /// The band the score lies in.
        public Severity severity() {
            return Severity.ofScore(value);
        }
    }

    /// What a Suricata alert says about itself.
    ///
    /// @param severity Suricata's priority, 1 (worst) to 4; 0 when it is missing
    /// @param signatureSeverity rule metadata `signature_severity`, empty when it is missing
    /// @param confidence rule metadata `confidence`, empty when it is missing
    /// @param blocked whether the sensor dropped the packet
    /// @param exploit what is known of the vulnerability it is about
    /// @param reputation whether it comes from a list of bad addresses only
    public record SuricataAlert(
            int severity,
            String signatureSeverity,
            String confidence,
            boolean blocked,
            Exploit exploit,
            boolean reputation) {}

    /// What is known of a vulnerability.
    public enum Exploit {
        /// No CVE number.
        NONE,
        /// It has a CVE number.
        CVE,
        /// It is in CISA's list of vulnerabilities that are being exploited.
        KNOWN_EXPLOITED
    }

    private record Part(String label, int base) {}

    /// The score of a Suricata alert.
    public static Score suricata(SuricataAlert alert) {
        Part part = base(alert);
        double confidence = confidence(alert.confidence());
        double product = part.base() * confidence * (alert.blocked() ? BLOCKED_FACTOR : 1);
        int bonus = bonus(alert.exploit());
        int rounded = Math.clamp(Math.round(product + bonus), 0, MAX);
        int value = alert.reputation() ? Math.min(rounded, REPUTATION_CAP) : rounded;
        return new Score(value, why(alert, part, confidence) + capped(rounded, value));
    }

    /// The score of an event that says nothing of its confidence.
    ///
    /// @param label what the base is for, in words of ours: the reason is shown
    public static Score of(String label, int base) {
        int value = Math.clamp(Math.round(base * DEFAULT_CONFIDENCE), 0, MAX);
        return new Score(
                value,
                label
                        + " "
                        + base
                        + " x confidence not given "
                        + DEFAULT_CONFIDENCE
                        + " = "
                        + value);
    }

    /// Whether a rule of that name only says that the address is on a list: ET CINS, DROP,
    /// COMPROMISED and dshield.
    public static boolean reputationList(String ruleName) {
        String name = ruleName.toUpperCase(Locale.ROOT);
        return name.startsWith("ET CINS ")
                || name.startsWith("ET DROP ")
                || name.startsWith("ET COMPROMISED ")
                || name.startsWith("ET DSHIELD ");
    }

    private static Part base(SuricataAlert alert) {
        String label = alert.signatureSeverity();
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "critical" -> new Part("Critical", 99);
            case "major" -> new Part("Major", 73);
            case "minor" -> new Part("Minor", 47);
            case "informational" -> new Part("Informational", 21);
            default -> new Part("severity " + alert.severity(), number(alert.severity()));
        };
    }

    private static int number(int severity) {
        return switch (severity) {
            case 1 -> 73;
            case 2 -> 47;
            case 3 -> 21;
            default -> 5;
        };
    }

    private static double confidence(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "high" -> 1.0;
            case "medium" -> 0.9;
            case "low" -> 0.7;
            default -> DEFAULT_CONFIDENCE;
        };
    }

    private static int bonus(Exploit exploit) {
        return switch (exploit) {
            case NONE -> 0;
            case CVE -> CVE_BONUS;
            case KNOWN_EXPLOITED -> KEV_BONUS;
        };
    }

    private static String why(SuricataAlert alert, Part part, double confidence) {
        List<String> factors = new ArrayList<>();
        factors.add(part.label() + " " + part.base());
        factors.add("confidence " + confidenceName(alert.confidence()) + " " + confidence);
        if (alert.blocked()) {
            factors.add("blocked " + BLOCKED_FACTOR);
        }
        String product = String.join(" x ", factors);
        return switch (alert.exploit()) {
            case NONE -> product;
            case CVE -> product + " + CVE " + CVE_BONUS;
            case KNOWN_EXPLOITED -> product + " + known exploited (CISA KEV) " + KEV_BONUS;
        };
    }

    /// Only the three known words: the reason is shown, and the rest is foreign text.
    private static String confidenceName(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "high" -> "High";
            case "medium" -> "Medium";
            case "low" -> "Low";
            default -> "not given";
        };
    }

    private static String capped(int rounded, int value) {
        return rounded == value
                ? " = " + value
                : " = " + rounded + ", reputation list: at most " + REPUTATION_CAP;
    }
}
