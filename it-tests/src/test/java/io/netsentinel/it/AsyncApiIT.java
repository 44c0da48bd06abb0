package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `docs/asyncapi.yaml`, `docs/protocol.md` and the server say the same.
final class AsyncApiIT {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z]+`(?: `[a-z]+`)*) \\|");
    private static final Pattern WORD = Pattern.compile("`([a-z]+)`");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /// A point of the curve P-256.
    static final String KEY =
            "BOty342XcWXegEmVMqJoUwzWB3ddFg67WIgy_1GGl2VhR3QeGatV_mFSMjhrdCJLfvX63iB4CLbNE3Mc9Sc_ZAI";

    @TempDir private Path folder;

    @Test
    void everyTypeOfTheTextIsDescribedAndEveryDescribedTypeIsInTheText() throws IOException {
        String text = read("protocol.md");
        Set<String> rows = new TreeSet<>();
        Matcher row = ROW.matcher(text);
        while (row.find()) {
            Matcher word = WORD.matcher(row.group(1));
            while (word.find()) {
                rows.add(word.group(1));
            }
        }
        Set<String> described = new TreeSet<>();
        for (JsonNode message : described().path("components").path("messages")) {
            described.add(message.path("name").asText());
        }
        assertThat(rows).contains("connect", "publish", "event", "disconnect");
        assertThat(described).as("docs/asyncapi.yaml").containsAll(rows);
        assertThat(described).allMatch(name -> text.contains("`" + name), "named in protocol.md");
    }

    @Test
    void everyMessageIsUsedAndEveryReferenceLeadsSomewhere() throws IOException {
        JsonNode document = described();
        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        Matcher reference =
                Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(document.toString());
        int count = 0;
        while (reference.find()) {
            assertThat(document.at(reference.group(1)).isMissingNode())
                    .as(reference.group(1))
                    .isFalse();
            count++;
        }
        assertThat(count).isGreaterThan(100);
        List<String> operations = new ArrayList<>();
        document.path("operations")
                .forEach(operation ->
                        operation
                                .path("messages")
                                .forEach(one -> operations.add(one.path("$ref").asText())));
        assertThat(operations).hasSize(document.path("components").path("messages").size());
    }

    @Test
    void framesOfTheServerAndCommandsItTakesAreAsDescribed() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi api = HttpApi.admin(server, data);
            HttpApi.json(api.postEve(Eve.alerts("a", 0, 3)));
            assertThat(HttpApi.json(api.get("/asyncapi.json"))).isEqualTo(described());
            assertThat(new HttpApi(server.address(), "").get("/asyncapi.json").statusCode())
                    .isEqualTo(401);
            Capture capture = new Capture();
            try (Subscriber client = Subscriber.open(new HttpApi(server.address(), ""), "/ws")) {
                capture.say(
                        client,
                        "encrypted",
                        "{\"type\":\"connect\",\"id\":1,\"encrypt\":{\"key\":\"%s\"}}"
                                .formatted(KEY));
            }
            try (Subscriber client = Subscriber.open(new HttpApi(server.address(), ""), "/ws")) {
                capture.talk(client, api.token());
                server.terminate();
                capture.until(client, "disconnect");
            }
            assertThat(capture.types())
                    .contains(
                            "encrypted",
                            "connected",
                            "subscribed",
                            "unsubscribed",
                            "refreshed",
                            "event",
                            "gap",
                            "published",
                            "result",
                            "history",
                            "error",
                            "disconnect");
            capture.requireAsDescribed();
        }
    }

    /// What was said, in both directions.
    private static final class Capture {
        private final List<JsonNode> sent = new ArrayList<>();
        private final List<JsonNode> received = new ArrayList<>();

        void talk(Subscriber client, String token) {
            say(
                    client,
                    "connected",
                    """
                    {"type":"connect","id":1,"token":"%s","client":"desk","name":"test","version":"1",
                    "subs":{"feed":{"channel":"alerts","last":3},"bad":{"channel":"alerts","filter":"severity >"},
                    "all":{"channel":"none.*"},"late":{"channel":"threats","since":"-15m"},
                    "old":{"channel":"alerts","offset":1,"epoch":"of-another-life"}}}
                    """
                            .formatted(token));
            until(client, "event");
            say(client, "refreshed", "{\"type\":\"refresh\",\"id\":2,\"token\":\"" + token + "\"}");
            say(
                    client,
                    "published",
                    "{\"type\":\"publish\",\"id\":3,\"channel\":\"lab\",\"data\":{\"n\":1},\"key\":\"k\",\"ttl\":0.001,\"priority\":2}");
            say(
                    client,
                    "published",
                    "{\"type\":\"publish\",\"id\":4,\"channel\":\"lab\",\"data\":{\"n\":1},\"key\":\"k\"}");
            say(
                    client,
                    "gap",
                    "{\"type\":\"subscribe\",\"id\":5,\"channel\":\"lab\",\"sub\":\"again\",\"offset\":0}");
            say(client, "unsubscribed", "{\"type\":\"unsubscribe\",\"id\":6,\"sub\":\"again\"}");
            say(
                    client,
                    "history",
                    "{\"type\":\"history\",\"id\":7,\"channel\":\"alerts\",\"limit\":2,\"reverse\":true}");
            say(
                    client,
                    "history",
                    "{\"type\":\"history\",\"id\":8,\"channel\":\"lab\",\"offset\":0}");
            String id =
                    received.stream()
                            .filter(one -> type(one).equals("event"))
                            .findFirst()
                            .orElseThrow()
                            .path("data")
                            .path("id")
                            .asText();
            say(
                    client,
                    "result",
                    "{\"type\":\"call\",\"id\":9,\"method\":\"alert.ack\",\"params\":{\"id\":\"%s\"}}"
                            .formatted(id));
            say(client, "error", "{\"type\":\"call\",\"id\":10,\"method\":\"no.such\"}");
        }

        private void say(Subscriber client, String answer, String command) {
            sent.add(HttpApi.parse(command));
            client.send(command);
            until(client, answer);
        }

        void until(Subscriber client, String type) {
            JsonNode message;
            do {
                message = client.next();
                received.add(message);
            } while (!type(message).equals(type));
        }

        Set<String> types() {
            Set<String> types = new TreeSet<>();
            received.forEach(one -> types.add(type(one)));
            return types;
        }

        void requireAsDescribed() throws IOException {
            JsonNode operations = described().path("operations");
            for (JsonNode one : sent) {
                require(operations.path("command"), one);
            }
            for (JsonNode one : received) {
                require(operations.path("deliver"), one);
            }
        }
    }

    private static void require(JsonNode operation, JsonNode message) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode one : operation.path("messages")) {
            String key = one.path("$ref").asText().replaceFirst(".*/", "");
            if (described()
                    .at("/components/messages/" + key + "/name")
                    .asText()
                    .equals(type(message))) {
                names.add(key);
            }
        }
        assertThat(names).as("docs/asyncapi.yaml has no " + message).hasSize(1);
        assertThat(schema(names.getFirst()).validate(message.toString(), InputFormat.JSON))
                .as("docs/asyncapi.yaml describes it otherwise: " + message)
                .isEmpty();
    }

    private static Schema schema(String name) throws IOException {
        return REGISTRY.getSchema(
                "{\"$ref\":\"#/components/schemas/%s\",\"components\":%s}"
                        .formatted(name, described().path("components")),
                InputFormat.JSON);
    }

    private static String type(JsonNode message) {
        return message.path("type").asText();
    }

    private static JsonNode described() throws IOException {
        JsonNode document =
                HttpApi.parse(YAMLMapper.shared().readTree(read("asyncapi.yaml")).toString());
        // this reader takes an alias for its name
        ObjectNode channel = (ObjectNode) document.at("/channels/channel");
        assertThat(channel.path("messages").asText()).isEqualTo("messages");
        channel.set("messages", document.at("/channels/stream/messages"));
        return document;
    }

    private static String read(String name) throws IOException {
        return Files.readString(Distribution.home().resolve("docs").resolve(name));
    }
}
