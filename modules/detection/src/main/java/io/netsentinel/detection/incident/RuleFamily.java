package io.netsentinel.detection.incident;

import io.netsentinel.detection.Tactic;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the name of a rule says about its kind. Rule sets for Suricata and Snort put the family
/// first (`ET SCAN …`), and it tells more about what the rule means than its priority does: many
/// rules that only report the use of a program have the highest priority.
public final class RuleFamily {
    /// Reports what somebody uses. Opens an incident only when it is critical, or when a rule of
    /// another family says something about the same flow.
    private static final Set<String> USE = Set.of("POLICY");

    /// Reports what is no matter of security by itself. Opens an incident only when it is critical.
    private static final Set<String> INFORMATION =
            Set.of("INFO", "CHAT", "P2P", "GAMES", "DECODER", "SURICATA");

    /// Has counted before it fired, so that one alert is enough whatever its score.
    private static final Set<String> COUNTED = Set.of("SCAN");

    private static final Pattern NAME =
            Pattern.compile("(?:ET|ETPRO|GPL) ([A-Z0-9_]+) .*|(SURICATA) .*");

    private static final Map<String, Tactic> TACTICS =
            Map.ofEntries(
                    Map.entry("SCAN", Tactic.RECONNAISSANCE),
                    Map.entry("EXPLOIT", Tactic.INITIAL_ACCESS),
                    Map.entry("WEB_SERVER", Tactic.INITIAL_ACCESS),
                    Map.entry("WEB_SPECIFIC_APPS", Tactic.INITIAL_ACCESS),
                    Map.entry("WEB_CLIENT", Tactic.INITIAL_ACCESS),
                    Map.entry("PHISHING", Tactic.INITIAL_ACCESS),
                    Map.entry("SQL", Tactic.INITIAL_ACCESS),
                    Map.entry("SHELLCODE", Tactic.EXECUTION),
                    Map.entry("ATTACK_RESPONSE", Tactic.EXECUTION),
                    Map.entry("MALWARE", Tactic.COMMAND_AND_CONTROL),
                    Map.entry("TROJAN", Tactic.COMMAND_AND_CONTROL),
                    Map.entry("MOBILE_MALWARE", Tactic.COMMAND_AND_CONTROL),
                    Map.entry("COINMINER", Tactic.IMPACT),
                    Map.entry("DOS", Tactic.IMPACT));

    private RuleFamily() {}

    /// The family, `""` when the name has none.
    static String of(String ruleName) {
        Matcher matcher = NAME.matcher(ruleName);
        if (!matcher.matches()) {
            return "";
        }
        return Optional.ofNullable(matcher.group(1)).orElse("SURICATA");
    }

    /// The name of a rule without the name of its rule set and family.
    static String plainName(String ruleName) {
        Matcher matcher = NAME.matcher(ruleName);
        return matcher.matches() && matcher.end(1) > 0
                ? ruleName.substring(matcher.end(1) + 1)
                : ruleName;
    }

    static boolean reportsUse(String family) {
        return USE.contains(family);
    }

    /// Whether its rule reports what is no matter of security by itself.
    public static boolean informs(Event event) {
        return informs(of(event.text(Fields.RULE_NAME)));
    }

    static boolean informs(String family) {
        return INFORMATION.contains(family);
    }

    static boolean counted(String family) {
        return COUNTED.contains(family);
    }

    /// The tactics an event names; when it names none, the one its rule's family stands for.
    public static List<Tactic> tactics(Event event) {
        List<Tactic> named =
                Texts.of(event, Fields.THREAT_TACTIC_ID).stream()
                        .flatMap(id -> Tactic.parse(id).stream())
                        .toList();
        if (!named.isEmpty()) {
            return named;
        }
        return Optional.ofNullable(TACTICS.get(of(event.text(Fields.RULE_NAME)))).stream().toList();
    }
}
