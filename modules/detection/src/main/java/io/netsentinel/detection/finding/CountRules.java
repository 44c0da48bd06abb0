package io.netsentinel.detection.finding;

import io.netsentinel.detection.RuleSettings;
import io.netsentinel.detection.finding.CountRule.Subject;
import io.netsentinel.detection.finding.CountRule.Words;
import io.netsentinel.detection.spi.Finding.Service;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules that count; each is explained in `docs/detection.md`.
final class CountRules {
    /// The interface of MS-NRPC, the domain logon.
    private static final String NETLOGON = "12345678-1234-abcd-ef00-01234567cffb";

    /// Tor makes up both names of the certificates it shows, base 32 between `www.` and the end.
    private static final Pattern TOR_SUBJECT = Pattern.compile("CN=www\\.[a-z2-7]{4,25}\\.net");

    private static final Pattern TOR_ISSUER = Pattern.compile("CN=www\\.[a-z2-7]{4,25}\\.com");
    private static final String TOR_BEGINNING = "CN=www.";

    private static final Set<Long> WEB_PORTS =
            Set.of(80L, 443L, 8000L, 8008L, 8080L, 8081L, 8443L, 8888L);
    private static final Set<String> UPLOADS = Set.of("POST", "PUT");

    private CountRules() {}

    static List<CountRule> all(RuleSettings settings) {
        return List.of(
                portProbe(settings), flood(settings), netlogon(settings), tor(settings), upload());
    }

    private static CountRule portProbe(RuleSettings settings) {
        return new CountRule(
                "port-probe",
                Attempts.FIELDS,
                settings.probePorts(),
                settings.probeWindow(),
                "ports",
                event -> Optional.of(event).filter(Attempts::refused).flatMap(CountRules::port),
                new Words(
                        "Ports of a host tried",
                        (subject, count) ->
                                "%s tried %d ports of %s and said nothing at any of them"
                                        .formatted(subject.source(), count, target(subject)),
                        Score.LIKELY,
                        "TA0007",
                        "T1046"));
    }

    private static Optional<Subject> port(Event event) {
        String source = event.text(Fields.SOURCE_IP);
        String target = event.text(Fields.DESTINATION_IP);
        return source.isEmpty() || target.isEmpty() || Networks.many(target)
                ? Optional.empty()
                : Optional.of(
                        new Subject(
                                source + " " + target,
                                source,
                                Optional.of(event.number(Fields.DESTINATION_PORT, 0)),
                                source,
                                Optional.of(target),
                                Service.NONE));
    }

    private static CountRule flood(RuleSettings settings) {
        return new CountRule(
                "flood",
                Attempts.FIELDS,
                settings.floodConnections(),
                settings.floodWindow(),
                "connections",
                event ->
                        Optional.of(event)
                                .filter(Attempts::tcp)
                                .filter(Attempts::unanswered)
                                .flatMap(CountRules::service),
                new Words(
                        "Flood of connections to one service",
                        (subject, count) ->
                                "%s opened %d connections to port %d of %s within %d s and none of them was answered"
                                        .formatted(
                                                subject.source(),
                                                count,
                                                subject.service().port(),
                                                target(subject),
                                                settings.floodWindow().toSeconds()),
                        Score.LIKELY,
                        "TA0040",
                        "T1499.002"));
    }

    private static Optional<Subject> service(Event event) {
        String source = event.text(Fields.SOURCE_IP);
        String target = event.text(Fields.DESTINATION_IP);
        int port = (int) event.number(Fields.DESTINATION_PORT, 0);
        String key = source + " " + target + " " + port;
        return source.isEmpty() || target.isEmpty() || port == 0
                ? Optional.empty()
                : Optional.of(
                        new Subject(
                                key,
                                key,
                                Optional.empty(),
                                source,
                                Optional.of(target),
                                new Service("", port)));
    }

    private static CountRule netlogon(RuleSettings settings) {
        return new CountRule(
                "netlogon",
                Set.of(
                        Fields.EVENT_DATASET,
                        Fields.EVENT_ACTION,
                        Fields.SOURCE_IP,
                        Fields.DESTINATION_IP,
                        "ns.dcerpc.interfaces",
                        "ns.dcerpc.endpoint"),
                settings.netlogonBinds(),
                settings.netlogonWindow(),
                "connections",
                event -> Optional.of(event).filter(CountRules::logon).flatMap(CountRules::pair),
                new Words(
                        "Domain logon tried over and over",
                        (subject, count) ->
                                "%s turned to the domain logon of %s %d times within %d s, as the exploits of CVE-2020-1472 do"
                                        .formatted(
                                                subject.source(),
                                                target(subject),
                                                count,
                                                settings.netlogonWindow().toSeconds()),
                        Score.MAJOR,
                        "TA0008",
                        "T1210"));
    }

    /// Members of a domain bind to it once and keep the connection.
    private static boolean logon(Event event) {
        return switch (event.text(Fields.EVENT_DATASET)) {
            case "suricata.dcerpc", "suricata.smb" ->
                    event.value("ns.dcerpc.interfaces").orElse("") instanceof List<?> interfaces
                            && interfaces.contains(NETLOGON);
            case "zeek.dce_rpc" ->
                    event.text("ns.dcerpc.endpoint").equals("netlogon")
                            && event.text(Fields.EVENT_ACTION).startsWith("netrserverauthenticate");
            default -> false;
        };
    }

    private static Optional<Subject> pair(Event event) {
        String source = event.text(Fields.SOURCE_IP);
        String target = event.text(Fields.DESTINATION_IP);
        String key = source + " " + target;
        return source.isEmpty() || target.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Subject(
                                key,
                                key,
                                Optional.empty(),
                                source,
                                Optional.of(target),
                                new Service("dcerpc", 0)));
    }

    private static CountRule tor(RuleSettings settings) {
        return new CountRule(
                "tor",
                Set.of(
                        Fields.SOURCE_IP,
                        Fields.DESTINATION_IP,
                        Fields.TLS_SERVER_SUBJECT,
                        Fields.TLS_SERVER_ISSUER),
                settings.torServers(),
                settings.torWindow(),
                "servers",
                event -> Optional.of(event).filter(CountRules::onion).flatMap(CountRules::server),
                new Words(
                        "Tor",
                        (subject, count) ->
                                "%s talked to %d servers whose certificates are made up as Tor's are"
                                        .formatted(subject.source(), count),
                        Score.MINOR,
                        "TA0011",
                        "T1090.003"));
    }

    private static boolean onion(Event event) {
        String subject = event.text(Fields.TLS_SERVER_SUBJECT);
        return subject.startsWith(TOR_BEGINNING)
                && TOR_SUBJECT.matcher(subject).matches()
                && TOR_ISSUER.matcher(event.text(Fields.TLS_SERVER_ISSUER)).matches();
    }

    private static Optional<Subject> server(Event event) {
        String source = event.text(Fields.SOURCE_IP);
        return source.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Subject(
                                source,
                                source,
                                Optional.of(event.text(Fields.DESTINATION_IP)),
                                source,
                                Optional.empty(),
                                new Service("tls", 0)));
    }

    private static CountRule upload() {
        return new CountRule(
                "unnamed-upload",
                Set.of(
                        Fields.EVENT_DATASET,
                        Fields.SOURCE_IP,
                        Fields.DESTINATION_IP,
                        Fields.DESTINATION_PORT,
                        Fields.HTTP_REQUEST_METHOD,
                        Fields.URL_DOMAIN),
                1,
                Duration.ofSeconds(1),
                "requests",
                event ->
                        Optional.of(event).filter(CountRules::unnamed).flatMap(CountRules::service),
                new Words(
                        "Upload to a server without a name at an unusual port",
                        (subject, _) ->
                                "%s sent data over HTTP to %s port %d, by address instead of by name"
                                        .formatted(
                                                subject.source(),
                                                target(subject),
                                                subject.service().port()),
                        Score.LIKELY,
                        "TA0011",
                        "T1571"));
    }

    /// From inside to a public address that is called by its number, at a port no web server is
    /// usually at.
    private static boolean unnamed(Event event) {
        if (!UPLOADS.contains(event.text(Fields.HTTP_REQUEST_METHOD))
                || !event.text(Fields.EVENT_DATASET).endsWith(".http")) {
            return false;
        }
        String host = event.text(Fields.URL_DOMAIN);
        return !WEB_PORTS.contains(event.number(Fields.DESTINATION_PORT, 0))
                && IpAddress.parse(host).isPresent()
                && !Networks.inside(host)
                && Networks.inside(event.text(Fields.SOURCE_IP));
    }

    private static String target(Subject subject) {
        return subject.target().orElse("");
    }
}
