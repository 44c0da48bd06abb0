package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same events in every format, read by packages nobody here wrote.
@EnabledIf(
        value = "io.netsentinel.it.FormatsClient#installed",
        disabledReason = "needs Node and npm with a package registry")
final class FormatsIT {
    private static final String JSON = "netsentinel.v1.json";
    private static final String MSGPACK = "netsentinel.v1.msgpack";
    private static final int EVENTS = 300;

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static HttpApi admin;

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        server = ServerProcess.serve(data, 0);
        admin = HttpApi.admin(server, data);
        try (Subscriber publisher = Subscriber.open(admin, "/ws")) {
            for (int i = 1; i <= EVENTS; i++) {
                publisher.send(
                        """
                        {"type":"publish","id":%d,"channel":"lab.formats","data":{"n":%d,"source":{"ip":"10.0.0.%d",\
                        "port":%d},"list":[1.5,-7,null,true,"\u00fc\\u00fc"],"long":9007199254740993}}\
                        """
                                .formatted(i, i, i % 250, 1_000 + i));
            }
            for (int i = 1; i <= EVENTS; i++) {
                publisher.next("published");
            }
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "netsentinel.v1.json, '', text",
        "netsentinel.v1.msgpack, '', binary",
        "netsentinel.v1.json, gzip, binary compressed",
        "netsentinel.v1.json, gzip+base64, text compressed",
        "netsentinel.v1.msgpack, gzip, binary compressed"
    })
    void everyFormatSaysTheSame(String subprotocol, String compress, String kind) {
        String asked = compress.isEmpty() ? "" : ",\"compress\":[\"" + compress + "\"]";
        try (FormatsClient client =
                FormatsClient.open(
                        admin,
                        subprotocol,
                        "{\"type\":\"connect\",\"id\":1" + asked + "}",
                        "{\"type\":\"subscribe\",\"id\":2,\"channel\":\"lab.formats\",\"offset\":0}")) {
            assertThat(client.next("open").path("protocol").asText()).isEqualTo(subprotocol);
            assertThat(client.next("connected").path("compress").asText()).isEqualTo(compress);
            assertThat(client.next("subscribed").path("tail").asInt()).isEqualTo(EVENTS);
            List<JsonNode> events = client.events(EVENTS);
            for (int i = 0; i < EVENTS; i++) {
                JsonNode event = events.get(i);
                assertThat(event.path("offset").asInt()).isEqualTo(i + 1);
                assertThat(event.path("prev").asInt()).isEqualTo(i);
                assertThat(event.path("data").path("n").asInt()).isEqualTo(i + 1);
                assertThat(event.path("data").path("list").toString())
                        .isEqualTo("[1.5,-7,null,true,\"\u00fc\u00fc\"]");
            }
            assertThat(client.kinds).contains(kind);
            if (subprotocol.equals(MSGPACK)) {
                assertThat(client.kinds).doesNotContain("text");
            }
        }
    }

    @Test
    void aClientPublishesInMessagePackAndItIsStoredAsJson() {
        try (FormatsClient client =
                FormatsClient.open(
                        admin,
                        MSGPACK,
                        "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"lab.packed\"}",
                        "[{\"type\":\"publish\",\"id\":2,\"channel\":\"lab.packed\",\"data\":{\"a\":[1,2.5,\"x\"]}},"
                                + "{\"type\":\"dance\",\"id\":3}]",
                        "{\"type\":\"history\",\"id\":4,\"channel\":\"lab.formats\",\"limit\":2}")) {
            assertThat(client.next("subscribed").path("id").asInt()).isEqualTo(1);
            assertThat(client.next("error").path("code").asInt()).isEqualTo(104);
            assertThat(client.next("history").path("events")).hasSize(2);
        }
        try (Subscriber json = Subscriber.open(admin, "/ws/lab.packed?offset=0")) {
            assertThat(json.next("event").path("data").toString())
                    .isEqualTo("{\"a\":[1,2.5,\"x\"]}");
        }
    }

    @Test
    void fieldsAndRateWorkInEveryFormat() {
        for (String subprotocol : List.of(JSON, MSGPACK)) {
            try (FormatsClient client =
                    FormatsClient.open(
                            admin,
                            subprotocol,
                            "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"lab.formats\",\"offset\":0,"
                                    + "\"fields\":[\"source.ip\"],\"rate\":0.5}")) {
                JsonNode gap = client.next("gap");
                assertThat(gap.path("reason").asText()).isEqualTo("sampled");
                assertThat(gap.path("from").asInt()).isEqualTo(1);
                assertThat(gap.path("to").asInt()).isEqualTo(EVENTS - 1);
                JsonNode event = client.next("event");
                assertThat(event.path("prev").asInt()).isEqualTo(EVENTS - 1);
                assertThat(event.path("data").toString())
                        .isEqualTo("{\"source\":{\"ip\":\"10.0.0.50\"}}");
            }
        }
    }
}
