package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminSocketTest {
    @TempDir Path directory;
    private Fixture fixture;
    private AdminCommands commands;

    @BeforeEach
    void open() {
        fixture = new Fixture(directory);
        commands = new AdminCommands(fixture.auth());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void users_and_tokens_are_administered_on_a_running_server() throws IOException {
        try (AdminSocket _ = AdminSocket.open(directory, commands::run)) {
            assertThat(
                            call(
                                    "user.add",
                                    "name",
                                    "ada",
                                    "role",
                                    "analyst",
                                    "password",
                                    "a quiet lake"))
                    .containsExactly(Map.of("name", "ada", "role", "analyst"));
            assertThat(call("user.list"))
                    .extracting(row -> row.get("name"))
                    .containsExactly("ada", "admin");
            assertThat(fixture.auth().signIn("ada", "a quiet lake", Fixture.HOME))
                    .isInstanceOf(SignIn.Granted.class);
            assertThat(call("user.disable", "name", "ada")).hasSize(1);
            assertThat(call("user.list").getFirst()).containsEntry("state", "disabled");
            assertThat(call("user.enable", "name", "ada")).hasSize(1);

            Map<String, String> reset = call("user.password", "name", "ada").getFirst();
            assertThat(
                            fixture.auth()
                                    .signIn(
                                            "ada",
                                            String.valueOf(reset.get("password")),
                                            Fixture.HOME))
                    .isInstanceOf(SignIn.Granted.class);

            Map<String, String> token =
                    call(
                                    "token.issue",
                                    "name",
                                    "probe",
                                    "role",
                                    "sensor",
                                    "channels",
                                    "lab.*, alerts",
                                    "ttl",
                                    "12h")
                            .getFirst();
            Identity probe =
                    fixture.accepted(fixture.auth().bearer(String.valueOf(token.get("token"))));
            assertThat(probe.mayPublish("lab.one")).isTrue();
            assertThat(probe.mayPublish("threats")).isFalse();
            assertThat(call("token.list").getFirst())
                    .containsEntry("channels", "lab.*,alerts")
                    .containsEntry("state", "active");
            call("token.revoke", "id", String.valueOf(token.get("id")));
            fixture.refused(fixture.auth().bearer(String.valueOf(token.get("token"))));
            assertThat(call("key.rotate")).isEmpty();
        }
        assertThat(AdminSocket.call(directory, new AdminCall("user.list", Map.of()))).isEmpty();
    }

    @Test
    void what_cannot_be_done_is_answered_in_one_line() {
        try (AdminSocket _ = AdminSocket.open(directory, commands::run)) {
            for (AdminCall call :
                    List.of(
                            new AdminCall("nonsense", Map.of()),
                            new AdminCall("user.add", Map.of()),
                            new AdminCall("user.add", Map.of("name", "x", "role", "root")),
                            new AdminCall(
                                    "user.add",
                                    Map.of("name", "x", "role", "viewer", "password", "short")),
                            new AdminCall("user.disable", Map.of("name", "admin")),
                            new AdminCall(
                                    "token.issue",
                                    Map.of("name", "p", "role", "sensor", "ttl", "soon")),
                            new AdminCall(
                                    "token.issue",
                                    Map.of("name", "p", "role", "sensor", "channels", "A B")),
                            new AdminCall("token.revoke", Map.of("id", "x")))) {
                assertThat(AdminSocket.call(directory, call).orElseThrow())
                        .isInstanceOfSatisfying(
                                AdminReply.Failed.class,
                                failed -> assertThat(failed.message()).matches("[^\\n]{5,200}"));
            }
        }
    }

    @Test
    void only_the_owner_can_open_it_and_nothing_else_is_left_behind() throws IOException {
        Path socket = directory.resolve("admin.sock");
        try (AdminSocket _ = AdminSocket.open(directory, commands::run)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            assertThat(names()).containsOnlyOnce("admin.sock").doesNotContain(".adm");
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void a_socket_left_by_a_killed_process_is_no_server_and_no_obstacle() throws IOException {
        Path socket = directory.resolve("admin.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(Files.exists(socket, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(AdminSocket.call(directory, new AdminCall("user.list", Map.of()))).isEmpty();
        try (AdminSocket _ = AdminSocket.open(directory, commands::run)) {
            assertThat(call("user.list")).hasSize(1);
        }
    }

    @Test
    void a_data_directory_with_a_long_name_works_too() throws IOException {
        Path deep =
                Files.createDirectories(directory.resolve("d".repeat(80)).resolve("e".repeat(80)));
        try (AdminSocket _ = AdminSocket.open(deep, commands::run)) {
            assertThat(AdminSocket.call(deep, new AdminCall("user.list", Map.of())).orElseThrow())
                    .isInstanceOf(AdminReply.Done.class);
        }
        assertThat(Files.exists(deep.resolve("admin.sock"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void malformed_calls_are_answered_and_later_ones_on_the_same_connection_work()
            throws IOException {
        try (AdminSocket _ = AdminSocket.open(directory, commands::run);
                SocketChannel raw =
                        SocketChannel.open(
                                UnixDomainSocketAddress.of(directory.resolve("admin.sock")))) {
            for (String line :
                    List.of("x", "[]", "{}", "{\"command\":1}", "{\"command\":\"a\",\"b\":[]}")) {
                assertThat(exchange(raw, line)).startsWith("{\"error\":\"malformed call");
            }
            assertThat(exchange(raw, "{\"command\":\"user.list\"}")).startsWith("{\"rows\":[");
        }
    }

    @Test
    void a_failure_of_the_server_is_told() {
        try (AdminSocket _ =
                AdminSocket.open(
                        directory,
                        _ -> {
                            throw new IllegalStateException("disk full");
                        })) {
            assertThat(
                            AdminSocket.call(directory, new AdminCall("user.list", Map.of()))
                                    .orElseThrow())
                    .isEqualTo(new AdminReply.Failed("the server failed: disk full"));
        }
    }

    @Test
    void a_directory_that_does_not_exist_is_named() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> AdminSocket.open(missing, commands::run))
                .isInstanceOf(AuthFilesException.class)
                .hasMessageContaining("missing");
        assertThat(AdminSocket.call(missing, new AdminCall("user.list", Map.of()))).isEmpty();
    }

    private List<Map<String, String>> call(String command, String... arguments) {
        Map<String, String> named = new java.util.HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            named.put(arguments[i], arguments[i + 1]);
        }
        AdminReply reply = AdminSocket.call(directory, new AdminCall(command, named)).orElseThrow();
        assertThat(reply).isInstanceOf(AdminReply.Done.class);
        return ((AdminReply.Done) reply).rows();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String exchange(SocketChannel channel, String line) throws IOException {
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        ByteBuffer reply = ByteBuffer.allocate(4_096);
        do {
            channel.read(reply);
        } while (reply.get(reply.position() - 1) != '\n');
        return new String(reply.array(), 0, reply.position(), StandardCharsets.UTF_8);
    }
}
