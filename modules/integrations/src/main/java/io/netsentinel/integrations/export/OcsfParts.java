package io.netsentinel.integrations.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The objects OCSF classes are made of.
final class OcsfParts {
    private final Event event;

    OcsfParts(Event event) {
        this.event = event;
    }

    void text(ObjectNode to, String name, String path) {
        String value = event.text(path);
        if (!value.isEmpty()) {
            to.put(name, value);
        }
    }

    void number(ObjectNode to, String name, String path) {
        long value = event.number(path, -1);
        if (value >= 0) {
            to.put(name, value);
        }
    }

    /// Milliseconds since 1970; empty when it is missing or no time.
    OptionalLong time(String path) {
        try {
            return OptionalLong.of(Instant.parse(event.text(path)).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    void time(ObjectNode to, String name, String path) {
        time(path).ifPresent(millis -> to.put(name, millis));
    }

    /// Both ends, those that are there.
    void endpoints(ObjectNode to) {
        endpoint(to, "src_endpoint", "source");
        endpoint(to, "dst_endpoint", "destination");
    }

    private void endpoint(ObjectNode to, String name, String side) {
        if (!event.has(side + ".ip")) {
            return;
        }
        ObjectNode end = to.putObject(name);
        text(end, "ip", side + ".ip");
        number(end, "port", side + ".port");
        text(end, "mac", side + ".mac");
        text(end, "hostname", side + ".domain");
        text(end, "name", "ns." + side + ".asset");
        if (event.has(side + ".geo.country_iso_code")) {
            text(end.putObject("location"), "country", side + ".geo.country_iso_code");
        }
    }

    void connection(ObjectNode to) {
        ObjectNode info = to.putObject("connection_info");
        info.put(
                "direction_id",
                switch (event.text(Fields.NETWORK_DIRECTION)) {
                    case "inbound", "ingress" -> 1;
                    case "outbound", "egress" -> 2;
                    case "internal" -> 3;
                    case "external" -> 99;
                    default -> 0;
                });
        text(info, "direction", Fields.NETWORK_DIRECTION);
        text(info, "protocol_name", Fields.NETWORK_TRANSPORT);
        text(info, "community_uid", Fields.NETWORK_COMMUNITY_ID);
        text(info, "uid", Fields.FLOW_ID);
    }

    void traffic(ObjectNode to) {
        ObjectNode traffic = Lines.object();
        number(traffic, "bytes_out", Fields.SOURCE_BYTES);
        number(traffic, "bytes_in", Fields.DESTINATION_BYTES);
        number(traffic, "packets_out", Fields.SOURCE_PACKETS);
        number(traffic, "packets_in", Fields.DESTINATION_PACKETS);
        number(traffic, "bytes", Fields.NETWORK_BYTES);
        number(traffic, "packets", Fields.NETWORK_PACKETS);
        if (!traffic.isEmpty()) {
            to.set("traffic", traffic);
        }
    }

    void dns(ObjectNode to) {
        ObjectNode query = to.putObject("query");
        String name = event.text(Fields.DNS_QUESTION_NAME);
        // the root has an empty name on the wire
        query.put("hostname", name.isEmpty() ? "." : name);
        text(query, "type", Fields.DNS_QUESTION_TYPE);
        text(to, "rcode", Fields.DNS_RESPONSE_CODE);
        if (event.value(Fields.DNS_ANSWERS).orElse("") instanceof List<?> records) {
            ArrayNode answers = Lines.MAPPER.createArrayNode();
            for (Object record : records) {
                if (record instanceof Map<?, ?> fields && fields.get("data") != null) {
                    ObjectNode answer = answers.addObject();
                    answer.put("rdata", String.valueOf(fields.get("data")));
                    Object type = fields.get("type");
                    if (type != null) {
                        answer.put("type", type.toString());
                    }
                }
            }
            if (!answers.isEmpty()) {
                to.set("answers", answers);
            }
        }
    }

    void http(ObjectNode to) {
        ObjectNode request = to.putObject("http_request");
        text(request, "http_method", Fields.HTTP_REQUEST_METHOD);
        text(request, "user_agent", Fields.USER_AGENT_ORIGINAL);
        text(request, "referrer", Fields.HTTP_REQUEST_REFERRER);
        text(request, "version", Fields.HTTP_VERSION);
        ObjectNode url = Lines.object();
        text(url, "url_string", event.has(Fields.URL_FULL) ? Fields.URL_FULL : Fields.URL_ORIGINAL);
        text(url, "hostname", Fields.URL_DOMAIN);
        text(url, "path", Fields.URL_PATH);
        text(url, "query_string", Fields.URL_QUERY);
        if (!url.isEmpty()) {
            request.set("url", url);
        }
        if (event.number(Fields.HTTP_RESPONSE_STATUS_CODE, -1) >= 0) {
            ObjectNode response = to.putObject("http_response");
            number(response, "code", Fields.HTTP_RESPONSE_STATUS_CODE);
            text(response, "content_type", Fields.HTTP_RESPONSE_MIME_TYPE);
            number(response, "length", Fields.HTTP_RESPONSE_BODY_BYTES);
        }
    }

    void signIn(ObjectNode to) {
        ObjectNode user = to.putObject("user");
        text(user, "name", Fields.USER_NAME);
        text(user, "domain", Fields.USER_DOMAIN);
        String service = event.text(Fields.NETWORK_PROTOCOL);
        if (service.isEmpty()) {
            service = event.text(Fields.EVENT_MODULE);
        }
        to.putObject("service").put("name", service.isEmpty() ? "unknown" : service);
        to.put("is_remote", event.has(Fields.SOURCE_IP));
    }

    void finding(ObjectNode to) {
        ObjectNode info = to.putObject("finding_info");
        String title = event.text(Fields.RULE_NAME);
        if (title.isEmpty()) {
            title = event.text(Fields.MESSAGE);
        }
        info.put("title", title.isEmpty() ? "alert" : title);
        info.put("uid", event.id());
        text(info, "desc", Fields.MESSAGE);
        if (event.has(Fields.RULE_NAME)) {
            ObjectNode analytic = info.putObject("analytic").put("type_id", 1).put("type", "Rule");
            text(analytic, "name", Fields.RULE_NAME);
            text(analytic, "uid", Fields.RULE_ID);
            text(analytic, "category", Fields.RULE_CATEGORY);
            text(analytic, "version", Fields.RULE_VERSION);
        }
        attacks(info);
        to.put("is_alert", true);
        if (event.has(Fields.NS_SCORE)) {
            to.put("risk_score", event.score());
        }
        text(to, "risk_details", Fields.NS_SCORE_WHY);
        ObjectNode evidence = Lines.object();
        endpoints(evidence);
        if (!evidence.isEmpty()) {
            connection(evidence);
            to.putArray("evidences").add(evidence);
        }
        if (event.has(Fields.VULNERABILITY_ID)) {
            ArrayNode list = to.putArray("vulnerabilities");
            for (String cve : list(Fields.VULNERABILITY_ID)) {
                list.addObject().putObject("cve").put("uid", cve);
            }
        }
    }

    private void attacks(ObjectNode info) {
        List<String> techniques = list(Fields.THREAT_TECHNIQUE_ID);
        List<String> tactics = list(Fields.THREAT_TACTIC_ID);
        if (techniques.isEmpty() && tactics.isEmpty()) {
            return;
        }
        ArrayNode attacks = info.putArray("attacks");
        for (String technique : techniques) {
            attacks.addObject().putObject("technique").put("uid", technique);
        }
        for (String tactic : tactics) {
            attacks.addObject().putObject("tactic").put("uid", tactic);
        }
    }

    private List<String> list(String path) {
        String text = event.text(path);
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }
}
