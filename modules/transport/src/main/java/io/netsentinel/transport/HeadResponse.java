package io.netsentinel.transport;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.Header;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.ServerResponseTrailers;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// The answer to a HEAD: what a GET would be answered with, its length included, without the body.
/// Helidon itself would send the body, and the client take it for the next answer.
final class HeadResponse implements ServerResponse {
    private static final byte[] NOTHING = {};

    private final ServerResponse response;

    HeadResponse(ServerResponse response) {
        this.response = response;
    }

    /// Sends a body, or only its length when that is all that was asked for.
    static void send(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            sendLength(response, body.length);
        } else {
            response.send(body);
        }
    }

    private static void sendLength(ServerResponse response, long length) {
        response.headers().contentLength(length);
        response.send(NOTHING);
    }

    @Override
    public ServerResponse status(Status status) {
        response.status(status);
        return this;
    }

    @Override
    public Status status() {
        return response.status();
    }

    @Override
    public ServerResponse header(Header header) {
        response.header(header);
        return this;
    }

    @Override
    public void send() {
        response.send();
    }

    @Override
    public void send(byte[] entity) {
        sendLength(response, entity.length);
    }

    @Override
    public void send(byte[] entity, int position, int length) {
        sendLength(response, length);
    }

    /// Besides bytes, text is all that routes send.
    @Override
    public void send(Object entity) {
        if (!(entity instanceof String text)) {
            throw new IllegalArgumentException("cannot tell the length of a " + entity.getClass());
        }
        sendLength(response, text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public boolean isSent() {
        return response.isSent();
    }

    @Override
    public OutputStream outputStream() {
        return new ByteArrayOutputStream() {
            @Override
            public void close() {
                sendLength(response, size());
            }
        };
    }

    @Override
    public long bytesWritten() {
        return response.bytesWritten();
    }

    @Override
    public ServerResponse whenSent(Runnable listener) {
        response.whenSent(listener);
        return this;
    }

    @Override
    public ServerResponse reroute(String path) {
        response.reroute(path);
        return this;
    }

    @Override
    public ServerResponse reroute(String path, UriQuery query) {
        response.reroute(path, query);
        return this;
    }

    @Override
    public ServerResponse next() {
        response.next();
        return this;
    }

    @Override
    public ServerResponseHeaders headers() {
        return response.headers();
    }

    @Override
    public ServerResponseTrailers trailers() {
        return response.trailers();
    }

    @Override
    public void streamResult(String result) {
        response.streamResult(result);
    }

    @Override
    public void streamFilter(UnaryOperator<OutputStream> filter) {
        response.streamFilter(filter);
    }
}
