package io.netsentinel.detection.score;

import io.netsentinel.detection.ScoreBoard;
import io.netsentinel.detection.ScoreBoard.Standing;
import io.netsentinel.detection.ScoreSettings;
import io.netsentinel.detection.finding.Networks;
import io.netsentinel.detection.incident.RuleFamily;
import io.netsentinel.detection.topology.Clusters;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The accounts of all hosts, sensors and networks. One thread at a time.
final class Ledger {
    /// Of each kind; beyond it the least recent are given up.
    private static final int MOST = 10_000;

    private static final int LONGEST = 200;
    private static final int INFORMATIONAL = 21;

    private final double halfLife;
    private final Account all = new Account();
    private final Map<String, Account> hosts = accounts();
    private final Map<String, Account> sensors = accounts();
    private final Map<String, Account> networks = accounts();
    private long evicted;

    Ledger(ScoreSettings settings) {
        this.halfLife = settings.halfLife().toMillis();
    }

    private static Map<String, Account> accounts() {
        return new LinkedHashMap<>(16, 0.75f, true);
    }

    void add(Event event) {
        // many rules that only report have the highest priority all the same
        int score =
                RuleFamily.informs(event) ? Math.min(INFORMATIONAL, event.score()) : event.score();
        if (score < 1) {
            return;
        }
        long time = event.timestamp().toEpochMilli();
        Account.Weight weight =
                new Account.Weight(
                        Account.Weight.rankOf(score, time / halfLife),
                        score,
                        cut(event.text(Fields.RULE_ID)),
                        cut(event.text(Fields.RULE_NAME)),
                        event.id());
        all.add(weight, time);
        String source = event.text(Fields.SOURCE_IP);
        String destination = event.text(Fields.DESTINATION_IP);
        host(source, weight, time);
        if (!destination.equals(source)) {
            host(destination, weight, time);
        }
        String one = network(source);
        String other = network(destination);
        put(networks, one, weight, time);
        if (!other.equals(one)) {
            put(networks, other, weight, time);
        }
        put(sensors, cut(event.text(Fields.OBSERVER_NAME)), weight, time);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private void host(String ip, Account.Weight weight, long time) {
        if (!ip.isEmpty() && !Networks.many(ip)) {
            put(hosts, ip, weight, time);
        }
    }

    private static String network(String ip) {
        return !ip.isEmpty() && Networks.inside(ip) && !Networks.many(ip) ? Clusters.of(ip) : "";
    }

    private void put(Map<String, Account> accounts, String name, Account.Weight weight, long time) {
        if (name.isEmpty()) {
            return;
        }
        accounts.computeIfAbsent(name, _ -> new Account()).add(weight, time);
        if (accounts.size() > MOST) {
            accounts.remove(accounts.keySet().iterator().next());
            evicted++;
        }
    }

    /// Gives up what weighs nothing any more.
    void sweep(long now) {
        for (Map<String, Account> accounts : List.of(hosts, sensors, networks)) {
            accounts.values().removeIf(account -> account.spent(now / halfLife));
        }
    }

    ScoreBoard board(long now, int most) {
        double halfLives = now / halfLife;
        return new ScoreBoard(
                Instant.ofEpochMilli(now),
                all.standing("all", halfLives),
                top(hosts, halfLives, most),
                top(sensors, halfLives, most),
                top(networks, halfLives, most));
    }

    private static List<Standing> top(Map<String, Account> accounts, double halfLives, int most) {
        record Scored(String name, int score) {}
        return List.copyOf(accounts.entrySet()).stream()
                .map(each -> new Scored(each.getKey(), each.getValue().score(halfLives)))
                .filter(each -> each.score() > 0)
                .sorted(
                        Comparator.comparingInt(Scored::score)
                                .reversed()
                                .thenComparing(Scored::name))
                .limit(most)
                .map(each ->
                        accounts.getOrDefault(each.name(), new Account())
                                .standing(each.name(), halfLives))
                .toList();
    }

    long evicted() {
        return evicted;
    }
}
