package io.netsentinel.detection.stix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The MUSTs are those of STIX 2.1 (OASIS Standard): sections 2, 3, 4, 5, 6 and 8.
class StixBundleTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123456Z");
    private static final String ID =
            "[a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    /// What an object of a type must have.
    private static final Map<String, List<String>> REQUIRED =
            Map.ofEntries(
                    Map.entry("identity", List.of("name")),
                    Map.entry("incident", List.of("name")),
                    Map.entry("report", List.of("name", "published", "object_refs")),
                    Map.entry("indicator", List.of("pattern", "pattern_type", "valid_from")),
                    Map.entry("attack-pattern", List.of("name")),
                    Map.entry(
                            "observed-data",
                            List.of(
                                    "first_observed",
                                    "last_observed",
                                    "number_observed",
                                    "object_refs")),
                    Map.entry("sighting", List.of("sighting_of_ref")),
                    Map.entry(
                            "relationship",
                            List.of("relationship_type", "source_ref", "target_ref")),
                    Map.entry("ipv4-addr", List.of("value")),
                    Map.entry("ipv6-addr", List.of("value")),
                    Map.entry("network-traffic", List.of("protocols")));

    private static final Set<String> OBSERVABLES =
            Set.of("ipv4-addr", "ipv6-addr", "network-traffic");

    private static Incident incident(String title, String... hosts) {
        return new Incident(
                "01JINCIDENT",
                1,
                title,
                IncidentStatus.NEW,
                Optional.empty(),
                "",
                List.of(99),
                new Incident.Lead(99, NOON, "a"),
                NOON,
                NOON.plusSeconds(60),
                2,
                List.of(hosts),
                List.of("TA0001"),
                List.of("T1190"),
                List.of("1"),
                List.of("s"),
                "",
                "",
                NOON,
                NOON.plusSeconds(70),
                List.of());
    }

    private static IncidentMember member(String rule, String from, String to, long seconds) {
        return new IncidentMember(
                "alerts",
                true,
                Event.builder()
                        .timestamp(NOON.plusSeconds(seconds))
                        .put(Fields.RULE_ID, rule)
                        .put(Fields.RULE_NAME, "ET " + rule)
                        .put(Fields.SOURCE_IP, from)
                        .put(Fields.SOURCE_PORT, 40_000 + seconds)
                        .put(Fields.DESTINATION_IP, to)
                        .put(Fields.DESTINATION_PORT, 80)
                        .put(Fields.NETWORK_TRANSPORT, "tcp")
                        .put(Fields.THREAT_TECHNIQUE_ID, List.of("T1190", "T1046"))
                        .build());
    }

    /// Checks everything the specification asks of any bundle.
    private static JsonNode checked(Incident incident, List<IncidentMember> members) {
        JsonNode bundle = StixBundle.of(incident, members);
        assertThat(bundle.path("type").asText()).isEqualTo("bundle");
        assertThat(bundle.path("id").asText()).matches(ID).startsWith("bundle--");
        assertThat(bundle.has("spec_version")).isFalse();
        Set<String> ids = new HashSet<>();
        for (JsonNode object : bundle.path("objects")) {
            String type = object.path("type").asText();
            assertThat(REQUIRED).containsKey(type);
            assertThat(object.path("spec_version").asText()).isEqualTo("2.1");
            assertThat(object.path("id").asText()).matches(ID).startsWith(type + "--");
            assertThat(ids.add(object.path("id").asText())).as("once").isTrue();
            REQUIRED.getOrDefault(type, List.of())
                    .forEach(name -> assertThat(object.has(name)).as(type + name).isTrue());
            assertThat(object.has("created")).isEqualTo(!OBSERVABLES.contains(type));
            times(object);
        }
        for (JsonNode object : bundle.path("objects")) {
            references(object).forEach(reference -> assertThat(ids).contains(reference));
        }
        return bundle;
    }

    private static void times(JsonNode object) {
        for (String name :
                List.of(
                        "created",
                        "modified",
                        "published",
                        "valid_from",
                        "first_seen",
                        "last_seen",
                        "first_observed",
                        "last_observed")) {
            if (object.has(name)) {
                assertThat(object.path(name).asText()).as(name).matches(TIME);
            }
        }
        assertThat(object.path("modified").asText())
                .isGreaterThanOrEqualTo(object.path("created").asText());
        assertThat(object.path("last_seen").asText())
                .isGreaterThanOrEqualTo(object.path("first_seen").asText());
        if (object.has("number_observed")) {
            assertThat(object.path("number_observed").asInt()).isBetween(1, 999_999_999);
        }
    }

    private static Set<String> references(JsonNode object) {
        Set<String> references = new TreeSet<>();
        object.properties()
                .forEach(entry -> {
                    if (entry.getKey().endsWith("_ref")) {
                        references.add(entry.getValue().asText());
                    }
                    if (entry.getKey().endsWith("_refs")) {
                        assertThat(entry.getValue()).as("lists are never empty").isNotEmpty();
                        entry.getValue().forEach(each -> references.add(each.asText()));
                    }
                });
        return references;
    }

    private static List<JsonNode> of(JsonNode bundle, String type) {
        return bundle.path("objects")
                .valueStream()
                .filter(object -> object.path("type").asText().equals(type))
                .toList();
    }

    @Test
    void anIncidentHasItsAddressesRulesTechniquesAndSightings() {
        JsonNode bundle =
                checked(
                        incident("Exploit", "192.0.2.1", "10.0.0.1"),
                        List.of(
                                member("1", "192.0.2.1", "10.0.0.1", 0),
                                member("1", "192.0.2.1", "10.0.0.1", 9),
                                member("2", "2001:db8::1", "10.0.0.1", 5)));

        assertThat(of(bundle, "ipv4-addr")).hasSize(2);
        assertThat(of(bundle, "ipv6-addr")).hasSize(1);
        assertThat(of(bundle, "indicator")).hasSize(2);
        assertThat(of(bundle, "attack-pattern")).hasSize(2);
        assertThat(of(bundle, "sighting")).hasSize(2);
        assertThat(of(bundle, "sighting").getFirst().path("count").asInt()).isEqualTo(2);
        assertThat(of(bundle, "indicator").getFirst().path("pattern").asText())
                .isEqualTo(
                        "[network-traffic:src_ref.value = '192.0.2.1' AND network-traffic:dst_ref.value = '10.0.0.1']");
        assertThat(of(bundle, "report").getFirst().path("object_refs")).hasSizeGreaterThan(10);
        assertThat(of(bundle, "network-traffic")).hasSize(3);
    }

    @Test
    void observablesHaveTheIdsOthersGiveThemToo() {
        JsonNode bundle = checked(incident("x", "198.51.100.3"), List.of());

        assertThat(of(bundle, "ipv4-addr").getFirst().path("id").asText())
                .isEqualTo("ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4");
    }

    @Test
    void theSameIncidentGivesTheSameBundle() {
        List<IncidentMember> members = List.of(member("1", "192.0.2.1", "10.0.0.1", 0));

        assertThat(checked(incident("x"), members)).isEqualTo(checked(incident("x"), members));
    }

    @Test
    void whatIsHostileStaysTextAndNeverGetsIntoAPattern() {
        String hostile = "'] OR [url:value = \"x\"}\n\u0000\u202e";
        JsonNode bundle =
                checked(
                        incident(hostile, hostile),
                        List.of(member(hostile, hostile, "10.0.0.1", 0)));

        assertThat(of(bundle, "indicator").getFirst().path("pattern").asText())
                .isEqualTo("[network-traffic:dst_ref.value = '10.0.0.1']");
        assertThat(of(bundle, "incident").getFirst().path("name").asText()).isEqualTo(hostile);
    }

    @Test
    void anAlertWithoutAddressesIsSightedWithoutObservations() {
        JsonNode bundle = checked(incident(""), List.of(member("1", "", "", 0)));

        assertThat(of(bundle, "observed-data")).isEmpty();
        assertThat(of(bundle, "sighting")).hasSize(1);
    }
}
