package io.netsentinel.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermessageDeflateTest {
    @TempDir private Path directory;

    @Test
    void isDeclinedUnlessItIsSwitchedOn() throws IOException {
        ServerSettings settings = ServerSettings.defaults().withPort(0).withConformanceEcho();
        assertThat(settings.permessageDeflate()).isFalse();
        try (TestServer server = new TestServer(directory, settings)) {
            assertThat(answer(server)).doesNotContain("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void isAgreedOnWhereItIsSwitchedOn() throws IOException {
        ServerSettings settings =
                ServerSettings.defaults().withPort(0).withConformanceEcho().withPermessageDeflate();
        try (TestServer server = new TestServer(directory, settings)) {
            assertThat(answer(server)).contains("Sec-WebSocket-Extensions: permessage-deflate; ");
        }
    }

    private static String answer(TestServer server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            String request =
                    """
                    GET /echo HTTP/1.1
                    Host: localhost
                    Connection: Upgrade
                    Upgrade: websocket
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits

                    """
                            .replace("\n", "\r\n");
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            StringBuilder head = new StringBuilder();
            String line = reader.readLine();
            while (line != null && !line.isEmpty()) {
                head.append(line).append('\n');
                line = reader.readLine();
            }
            assertThat(head.toString()).startsWith("HTTP/1.1 101 ");
            return head.toString();
        }
    }
}
