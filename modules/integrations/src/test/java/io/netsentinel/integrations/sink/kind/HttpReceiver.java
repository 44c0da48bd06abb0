package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A web server that hands every request to a test and answers what it says.
final class HttpReceiver extends Receiver {
    /// @param path with its query
    /// @param headers names in lower case
    record Request(String path, Map<String, String> headers, String body) {}

    /// @param headers lines, each with its end
    record Reply(int status, String headers, String body) {
        static Reply of(int status, String body) {
            return new Reply(status, "", body);
        }
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    volatile Function<Request, Reply> answer = _ -> Reply.of(200, "{}");

    HttpReceiver() {
        super(ServerSocket::new);
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    void serve(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (String first = until(in, '\n'); !first.isBlank(); first = until(in, '\n')) {
            Map<String, String> headers = new TreeMap<>();
            for (String line = until(in, '\n'); !line.isBlank(); line = until(in, '\n')) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            String body = new String(in.readNBytes(length), UTF_8);
            Request request = new Request(first.split(" ", -1)[1], headers, body);
            requests.add(request);
            Reply reply = answer.apply(request);
            byte[] content = reply.body().getBytes(UTF_8);
            String head =
                    "HTTP/1.1 %d X\r\nContent-Length: %d\r\n%s\r\n"
                            .formatted(reply.status(), content.length, reply.headers());
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().write(content);
        }
    }
}
