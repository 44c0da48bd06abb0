package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One server for all conformance tests: `/echo` open, permessage-deflate switched on. It ends with
/// the tests' process.
final class ConformanceServer {
    private static final Path DATA = data();
    private static final ServerProcess SERVER = start();

    private ConformanceServer() {}

    static int port() {
        return SERVER.port();
    }

    static RawWebSocket echo(String... headers) {
        return RawWebSocket.open(port(), "/echo", headers);
    }

    static HttpApi admin() {
        return HttpApi.admin(SERVER, DATA);
    }

    private static Path data() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "conformance"));
            return Files.createTempDirectory(folder.toAbsolutePath(), "data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerProcess start() {
        ServerProcess server =
                ServerProcess.start(
                        Launch.of("serve", "--data", DATA.toString(), "--port", "0")
                                .environment("NETSENTINEL_CONFORMANCE_ECHO", "true")
                                .environment("NETSENTINEL_WEBSOCKET_PERMESSAGE_DEFLATE", "true"),
                        DATA.resolveSibling(DATA.getFileName() + ".log"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }
}
