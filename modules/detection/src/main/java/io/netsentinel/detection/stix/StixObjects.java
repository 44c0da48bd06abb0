package io.netsentinel.detection.stix;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The objects of a bundle, each once.
final class StixObjects {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final String VERSION = "2.1";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    /// What is the same in all bundles must have the same times in all of them.
    private static final Set<String> SHARED = Set.of("identity", "attack-pattern");

    private static final Instant ALWAYS = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final String author;
    private final Instant created;
    private final Instant modified;

    /// @param created when everything was made that is not a sighting or observation
    StixObjects(Instant created, Instant modified) {
        this.created = created;
        this.modified = modified.isBefore(created) ? created : modified;
        this.author = StixId.own("identity", "NetSentinel");
        ObjectNode identity = domain("identity", author);
        identity.put("name", "NetSentinel").put("identity_class", "system");
    }

    String author() {
        return author;
    }

    /// The object of that id, if it is there already.
    Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(objects.get(id));
    }

    /// A new domain object or relationship with what each must have.
    ObjectNode domain(String type, String id) {
        ObjectNode object = JSON.createObjectNode();
        object.put("type", type).put("spec_version", VERSION).put("id", id);
        if (!type.equals("identity")) {
            object.put("created_by_ref", author);
        }
        boolean everybody = SHARED.contains(type);
        object.put("created", time(everybody ? ALWAYS : created));
        object.put("modified", time(everybody ? ALWAYS : modified));
        objects.put(id, object);
        return object;
    }

    /// An observable that is known by one value.
    ///
    /// @return its id
    String observable(String type, String value) {
        String id = StixId.observable(type, JSON.createObjectNode().put("value", value).toString());
        if (!objects.containsKey(id)) {
            ObjectNode object = JSON.createObjectNode();
            object.put("type", type).put("spec_version", VERSION).put("id", id);
            object.put("value", value);
            objects.put(id, object);
        }
        return id;
    }

    /// Adds an observable with other properties.
    void observable(ObjectNode object) {
        objects.putIfAbsent(object.path("id").asText(), object);
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    static ArrayNode list(ObjectNode to, String name, Collection<String> values) {
        ArrayNode list = to.putArray(name);
        values.forEach(list::add);
        return list;
    }

    Collection<String> ids() {
        return List.copyOf(objects.keySet());
    }

    Collection<ObjectNode> all() {
        return objects.values();
    }
}
