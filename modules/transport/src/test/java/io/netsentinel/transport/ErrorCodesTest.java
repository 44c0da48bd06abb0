package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.auth.Role;
import io.netsentinel.queuing.StorageDegradedException;
import io.netsentinel.transport.spi.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every error code of the protocol is made here, by its name and number.
final class ErrorCodesTest {
    /// Of features with tests of their own: durable subscriptions, direct messages, lost positions
    /// and encryption.
    private static final Set<Integer> ELSEWHERE = Set.of(123, 4010, 4011, 4015);

    @TempDir Path directory;
    private StreamFixture at;

    /// A method that throws.
    private record Failing(String name, RuntimeException failure) implements Method {
        @Override
        public Permission needs() {
            return Permission.READ;
        }

        @Override
        public JsonNode call(Identity who, JsonNode params, Services services) {
            if (params.path("fine").asBoolean()) {
                return JsonNodeFactory.instance.objectNode();
            }
            throw failure;
        }
    }

    @BeforeEach
    void open() {
        open(limits(ProtocolSettings.Limits.defaults().commandsPerSecond()));
    }

    private static ProtocolSettings.Limits limits(int commandsPerSecond) {
        ProtocolSettings.Limits usual = ProtocolSettings.Limits.defaults();
        return new ProtocolSettings.Limits(
                20 << 20,
                2,
                commandsPerSecond,
                usual.connectRatePerAddress(),
                usual.connectionsPerAddress(),
                usual.connectionsPerUser(),
                usual.connections(),
                usual.viewsPerUser(),
                usual.exempt());
    }

    private void open(ProtocolSettings.Limits limits) {
        at =
                new StreamFixture(
                        directory,
                        StreamFixture.Options.defaults()
                                .with(limits)
                                .with(
                                        new Failing("test.fails", new IllegalStateException("x")),
                                        new Failing(
                                                "test.full",
                                                new StorageDegradedException("disk full")),
                                        new Failing(
                                                "test.conflict",
                                                new ProtocolException(
                                                        ErrorCode.CONFLICT, "bob was faster"))));
    }

    @AfterEach
    void close() {
        at.close();
    }

    /// Sends a command and checks everything an error says.
    private static JsonNode refused(
            StreamClient client, ErrorCode code, String type, String members) {
        JsonNode error = client.ask(type, members);
        assertThat(error.path("type").asText()).as("%s", error).isEqualTo("error");
        assertThat(error.path("code").asInt()).as("%s", error).isEqualTo(code.number());
        assertThat(error.path("temporary").asBoolean()).isEqualTo(code.temporary());
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.has("retryMs")).isTrue();
        return error;
    }

    private JsonNode refused(ErrorCode code, String type, String members) {
        return refused(at.as(Role.VIEWER), code, type, members);
    }

    private static String field(JsonNode error) {
        return error.path("field").asText();
    }

    @Test
    void internal_100() {
        refused(ErrorCode.INTERNAL, "call", "'method':'test.fails'");
    }

    @Test
    void unauthorized_101() {
        refused(at.connect("/ws"), ErrorCode.UNAUTHORIZED, "subscribe", "'channel':'alerts'");
        refused(at.connect("/ws"), ErrorCode.UNAUTHORIZED, "connect", "'token':'nonsense'");
    }

    @Test
    void unknownChannel_102() {
        assertThat(field(refused(ErrorCode.UNKNOWN_CHANNEL, "subscribe", "'channel':'nowhere'")))
                .isEqualTo("channel");
    }

    @Test
    void permissionDenied_103() {
        refused(ErrorCode.PERMISSION_DENIED, "subscribe", "'channel':'audit'");
        refused(ErrorCode.PERMISSION_DENIED, "publish", "'channel':'alerts','data':{}");
    }

    @Test
    void unknownType_104() {
        assertThat(field(refused(ErrorCode.UNKNOWN_TYPE, "dance", ""))).isEqualTo("type");
    }

    @Test
    void alreadySubscribed_105() {
        StreamClient client = at.as(Role.VIEWER);
        client.ask("subscribe", "'channel':'alerts','sub':'a'");
        refused(client, ErrorCode.ALREADY_SUBSCRIBED, "subscribe", "'channel':'network','sub':'a'");
    }

    @Test
    void limitExceeded_106() {
        StreamClient client = at.as(Role.VIEWER);
        client.ask("subscribe", "'channel':'alerts'");
        client.ask("subscribe", "'channel':'network'");
        refused(client, ErrorCode.LIMIT_EXCEEDED, "subscribe", "'channel':'system'");
    }

    @Test
    void badRequest_107() {
        assertThat(field(refused(ErrorCode.BAD_REQUEST, "history", "'channel':7")))
                .isEqualTo("channel");
        refused(ErrorCode.BAD_REQUEST, "subscribe", "'channel':'alerts','fitler':'a = 1'");
    }

    @Test
    void notAvailable_108() {
        refused(ErrorCode.NOT_AVAILABLE, "call", "'method':'test.nothing'");
        refused(ErrorCode.NOT_AVAILABLE, "presence", "'channel':'alerts'");
    }

    @Test
    void tokenExpired_109() {
        String token = at.token("short", Role.VIEWER, Duration.ofMinutes(10));
        StreamClient client = at.connect("/ws", "Authorization", "Bearer " + token);
        client.ask("connect", "");
        at.clock.forward(Duration.ofMinutes(10).plusSeconds(5));
        refused(client, ErrorCode.TOKEN_EXPIRED, "subscribe", "'channel':'alerts'");
    }

    @Test
    void tooManyRequests_111_ofAConnection() {
        at.close();
        open(limits(1));
        StreamClient client = at.as(Role.VIEWER);
        client.flood(30, "unsubscribe", "'sub':'x'");
        JsonNode error = client.await(m -> m.path("code").asInt() == 111);
        assertThat(error.path("retryMs").asInt()).isBetween(0, 1_000);
    }

    @Test
    void tooManyRequests_111_ofAUserOverAllConnections() {
        at.close();
        open(ProtocolSettings.Limits.defaults().withRates(1, 25));
        List<StreamClient> clients =
                List.of(at.as(Role.VIEWER), at.as(Role.VIEWER), at.as(Role.VIEWER));
        clients.forEach(client -> client.flood(20, "unsubscribe", "'sub':'x'"));
        assertThat(clients.stream().flatMap(client -> answers(client, 20).stream()))
                .filteredOn(code -> code == 111)
                .hasSizeGreaterThan(30);
        assertThat(at.as(Role.ANALYST).refused("unsubscribe", "'sub':'x'")).isEqualTo(107);
    }

    @Test
    void tooManyRequests_111_ofOneCommand() {
        at.close();
        open(ProtocolSettings.Limits.defaults().withRates(1_000, 1));
        StreamClient client = at.as(Role.VIEWER);
        client.flood(20, "history", "'channel':'alerts'");
        assertThat(answers(client, 20)).contains(0, 111);
        assertThat(client.refused("unsubscribe", "'sub':'x'")).isEqualTo(107);
        StreamClient admin = at.as(Role.ADMIN);
        admin.flood(60, "history", "'channel':'alerts'");
        assertThat(answers(admin, 60)).containsOnly(0);
    }

    /// The codes of the next answers, 0 for what is no error.
    private static List<Integer> answers(StreamClient client, int count) {
        List<Integer> codes = new ArrayList<>();
        while (codes.size() < count) {
            codes.add(client.await(m -> m.has("id")).path("code").asInt());
        }
        return codes;
    }

    @Test
    void unrecoverablePosition_112() {
        assertThat(
                        field(
                                refused(
                                        ErrorCode.UNRECOVERABLE_POSITION,
                                        "history",
                                        "'channel':'alerts','offset':99")))
                .isEqualTo("offset");
    }

    @Test
    void badFilter_120() {
        JsonNode error =
                refused(
                        ErrorCode.BAD_FILTER,
                        "subscribe",
                        "'channel':'alerts','filter':'severity >='");
        assertThat(error.path("message").asText()).contains("column");
        assertThat(field(error)).isEqualTo("filter");
    }

    @Test
    void payloadTooLarge_121() {
        String large = ("'" + "x".repeat(1_000_000) + "',").repeat(17);
        StreamClient client = at.as(Role.ADMIN);
        assertThat(
                        field(
                                refused(
                                        client,
                                        ErrorCode.PAYLOAD_TOO_LARGE,
                                        "publish",
                                        "'channel':'network','data':{'a':[" + large + "0]}")))
                .isEqualTo("data");
    }

    @Test
    void conflict_122() {
        assertThat(
                        refused(ErrorCode.CONFLICT, "call", "'method':'test.conflict'")
                                .path("message")
                                .asText())
                .contains("bob");
    }

    @Test
    void readOnly_124() {
        JsonNode error = refused(ErrorCode.READ_ONLY, "call", "'method':'test.full'");
        assertThat(error.path("message").asText()).contains("nothing can be stored");
        assertThat(error.path("retryMs").asLong()).isPositive();
    }

    @Test
    void everyCodeHasATestOfItsName() {
        List<String> tests =
                Stream.of(ErrorCodesTest.class, CloseCodesTest.class)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(java.lang.reflect.Method::getName)
                        .toList();
        Stream<String> errors =
                Arrays.stream(ErrorCode.values())
                        .filter(code -> !ELSEWHERE.contains(code.number()))
                        .map(code -> name(code, code.number()));
        Stream<String> closes =
                Arrays.stream(CloseCode.values())
                        .filter(code -> !ELSEWHERE.contains(code.number()))
                        .map(code -> name(code, code.number()));
        assertThat(Stream.concat(errors, closes))
                .allSatisfy(name -> assertThat(tests).anyMatch(test -> test.startsWith(name)));
    }

    /// `TOKEN_EXPIRED` becomes `tokenExpired_109`.
    private static String name(Enum<?> code, int number) {
        StringBuilder name = new StringBuilder();
        for (String word : code.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        return name + "_" + number;
    }
}
