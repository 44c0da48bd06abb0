package io.netsentinel.detection.stix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// An incident as a STIX 2.1 bundle: a report and an incident, the addresses that were seen, an
/// indicator for each rule with its sightings, and the techniques it stands for. The same incident
/// gives the same ids each time.
public final class StixBundle {
    private static final int LONGEST = 4_096;

    private final Incident incident;
    private final StixObjects objects;

    private StixBundle(Incident incident) {
        this.incident = incident;
        this.objects = new StixObjects(incident.opened(), incident.updated());
    }

    /// The bundle.
    ///
    /// @param members the alerts and findings that are kept of it
    public static ObjectNode of(Incident incident, List<IncidentMember> members) {
        return new StixBundle(incident).bundle(members);
    }

    /// Alerts of one rule between the same two addresses.
    private record Group(String rule, String name, String source, String destination) {
        static Group of(Event event) {
            String id = event.text(Fields.RULE_ID);
            String name = event.text(Fields.RULE_NAME);
            String called = name.isEmpty() ? event.text(Fields.MESSAGE) : name;
            return new Group(
                    id.isEmpty() ? called : id,
                    called.isEmpty() ? "alert" : called,
                    event.text(Fields.SOURCE_IP),
                    event.text(Fields.DESTINATION_IP));
        }
    }

    private ObjectNode bundle(List<IncidentMember> members) {
        Map<Group, List<Event>> groups = new LinkedHashMap<>();
        for (IncidentMember member : members) {
            groups.computeIfAbsent(Group.of(member.event()), _ -> new ArrayList<>())
                    .add(member.event());
        }
        groups.forEach(this::sighting);
        incident.hosts().forEach(this::address);
        String itself = StixId.own("incident", incident.id());
        ObjectNode told = objects.domain("incident", itself);
        told.put("name", text(incident.title())).put("description", description());
        report();
        ObjectNode bundle = StixObjects.JSON.createObjectNode();
        bundle.put("type", "bundle")
                .put("id", StixId.own("bundle", incident.id() + "/" + incident.updated()));
        ArrayNode list = bundle.putArray("objects");
        objects.all().forEach(list::add);
        return bundle;
    }

    private String description() {
        return "%d alerts and findings from %s to %s; score %d of 100; status %s"
                .formatted(
                        incident.members(),
                        StixObjects.time(incident.first()),
                        StixObjects.time(incident.last()),
                        incident.score(),
                        incident.status().text());
    }

    private void report() {
        Collection<String> all = objects.ids();
        ObjectNode report = objects.domain("report", StixId.own("report", incident.id()));
        report.put("name", text(incident.title())).put("description", description());
        report.put("published", StixObjects.time(incident.opened()));
        StixObjects.list(report, "report_types", List.of("threat-report"));
        StixObjects.list(report, "object_refs", all);
        ObjectNode reference = report.putArray("external_references").addObject();
        reference.put("source_name", "NetSentinel").put("external_id", incident.id());
    }

    private void sighting(Group group, List<Event> events) {
        Instant first = events.stream().map(Event::timestamp).min(Instant::compareTo).orElseThrow();
        Instant last = events.stream().map(Event::timestamp).max(Instant::compareTo).orElseThrow();
        String indicator = indicator(group, events.getFirst());
        techniques(events).forEach(technique -> relate(indicator, technique));
        Optional<String> observed = observed(group, events, first, last);
        String name = incident.id() + "/" + group;
        ObjectNode sighting = objects.domain("sighting", StixId.own("sighting", name));
        sighting.put("first_seen", StixObjects.time(first));
        sighting.put("last_seen", StixObjects.time(last));
        sighting.put("count", events.size());
        sighting.put("sighting_of_ref", indicator);
        observed.ifPresent(id -> StixObjects.list(sighting, "observed_data_refs", List.of(id)));
        StixObjects.list(sighting, "where_sighted_refs", List.of(objects.author()));
    }

    /// What was seen; nothing when no address is known.
    private Optional<String> observed(
            Group group, List<Event> events, Instant first, Instant last) {
        Set<String> refs = new TreeSet<>();
        Optional<String> source = address(group.source());
        Optional<String> destination = address(group.destination());
        source.ifPresent(refs::add);
        destination.ifPresent(refs::add);
        if (source.isPresent() || destination.isPresent()) {
            events.forEach(event -> refs.add(traffic(event, source, destination)));
        }
        if (refs.isEmpty()) {
            return Optional.empty();
        }
        String id = StixId.own("observed-data", incident.id() + "/" + group);
        ObjectNode data = objects.domain("observed-data", id);
        data.put("first_observed", StixObjects.time(first));
        data.put("last_observed", StixObjects.time(last));
        data.put("number_observed", events.size());
        StixObjects.list(data, "object_refs", refs);
        return Optional.of(id);
    }

    private String traffic(Event event, Optional<String> source, Optional<String> destination) {
        ObjectNode key = StixObjects.JSON.createObjectNode();
        // identifying properties in the order of canonical JSON: by name
        destination.ifPresent(ref -> key.put("dst_ref", ref));
        long to = event.number(Fields.DESTINATION_PORT, -1);
        long from = event.number(Fields.SOURCE_PORT, -1);
        if (port(to)) {
            key.put("dst_port", to);
        }
        ArrayNode protocols = StixObjects.JSON.createArrayNode();
        protocols.add(
                event.text(Fields.NETWORK_TYPE).equals("ipv6") || v6(event) ? "ipv6" : "ipv4");
        String transport = event.text(Fields.NETWORK_TRANSPORT);
        if (transport.matches("[a-z0-9-]{1,32}")) {
            protocols.add(transport);
        }
        key.set("protocols", protocols);
        source.ifPresent(ref -> key.put("src_ref", ref));
        if (port(from)) {
            key.put("src_port", from);
        }
        ObjectNode traffic = StixObjects.JSON.createObjectNode();
        String id = StixId.observable("network-traffic", sorted(key).toString());
        traffic.put("type", "network-traffic").put("spec_version", "2.1").put("id", id);
        traffic.setAll(key);
        objects.observable(traffic);
        return id;
    }

    private static ObjectNode sorted(ObjectNode object) {
        ObjectNode sorted = StixObjects.JSON.createObjectNode();
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.sort(null);
        names.forEach(name -> sorted.set(name, object.get(name)));
        return sorted;
    }

    private static boolean port(long port) {
        return port >= 0 && port <= 65_535;
    }

    private static boolean v6(Event event) {
        return (event.text(Fields.SOURCE_IP) + event.text(Fields.DESTINATION_IP)).contains(":");
    }

    /// An address as an observable; nothing when the text is none.
    private Optional<String> address(String text) {
        return IpAddress.parse(text)
                .map(address ->
                        objects.observable(
                                address.v4() ? "ipv4-addr" : "ipv6-addr", address.text()));
    }

    /// A rule. Its own text is not known here, so its pattern names the addresses it was seen with.
    private String indicator(Group group, Event event) {
        String pattern = StixPattern.of(group.source(), group.destination());
        String id = StixId.own("indicator", incident.id() + "/" + group.rule() + "/" + pattern);
        if (objects.find(id).isPresent()) {
            return id;
        }
        ObjectNode indicator = objects.domain("indicator", id);
        indicator.put("name", text(group.name()));
        String category = event.text(Fields.RULE_CATEGORY);
        if (!category.isEmpty()) {
            indicator.put("description", text(category));
        }
        StixObjects.list(indicator, "indicator_types", List.of("malicious-activity"));
        indicator.put("pattern", pattern).put("pattern_type", "stix");
        indicator.put("valid_from", StixObjects.time(incident.first()));
        if (event.has(Fields.RULE_ID)) {
            ObjectNode reference = indicator.putArray("external_references").addObject();
            String set = event.text(Fields.RULE_RULESET);
            reference.put("source_name", set.isEmpty() ? "rule" : text(set));
            reference.put("external_id", text(event.text(Fields.RULE_ID)));
        }
        return id;
    }

    private List<String> techniques(List<Event> events) {
        Set<String> ids = new TreeSet<>();
        for (Event event : events) {
            for (String id : event.text(Fields.THREAT_TECHNIQUE_ID).split(",", -1)) {
                if (id.matches("T\\d{4}(\\.\\d{3})?")) {
                    ids.add(id);
                }
            }
        }
        return ids.stream().map(this::technique).toList();
    }

    private String technique(String technique) {
        String id = StixId.own("attack-pattern", technique);
        if (objects.find(id).isEmpty()) {
            ObjectNode pattern = objects.domain("attack-pattern", id);
            pattern.put("name", technique);
            ObjectNode reference = pattern.putArray("external_references").addObject();
            reference.put("source_name", "mitre-attack").put("external_id", technique);
            reference.put(
                    "url",
                    "https://attack.mitre.org/techniques/" + technique.replace('.', '/') + "/");
        }
        return id;
    }

    private void relate(String indicator, String technique) {
        String id = StixId.own("relationship", indicator + "/indicates/" + technique);
        if (objects.find(id).isEmpty()) {
            ObjectNode relation = objects.domain("relationship", id);
            relation.put("relationship_type", "indicates");
            relation.put("source_ref", indicator).put("target_ref", technique);
        }
    }

    private static String text(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return cut.isEmpty() ? "-" : cut;
    }
}
