package io.netsentinel.transport;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// An error a client gets to see, as RFC 9457 `application/problem+json` or as a page. Thrown by a
/// handler; the guard answers with it. Title and detail must be safe to show.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient Map<String, String> headers;
    private final transient Map<String, Object> members;

    /// A problem without further headers and members.
    ///
    /// @param status HTTP status, 400 to 599
    /// @param title what kind of problem, always the same words for the same kind
    /// @param detail what is wrong this time and, if there is one, the way out; may be empty
    public Problem(int status, String title, String detail) {
        this(status, title, detail, Map.of(), Map.of());
    }

    private Problem(
            int status,
            String title,
            String detail,
            Map<String, String> headers,
            Map<String, Object> members) {
        // expected and frequent: a stack trace would cost more than the answer
        super(detail, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not the status of a problem: " + status);
        }
        this.status = status;
        this.title = title;
        this.headers = Map.copyOf(headers);
        this.members = Map.copyOf(members);
    }

    /// 400: the request itself is wrong.
    public static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    /// 401: an identity is needed, or the one that was given is not good.
    public static Problem unauthorized(String detail) {
        return new Problem(401, "Not signed in", detail).withHeader("WWW-Authenticate", "Bearer");
    }

    /// 403: the identity may not do this.
    public static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail);
    }

    /// 404: there is no such thing.
    public static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail);
    }

    /// 409: it does not fit what is there now.
    public static Problem conflict(String detail) {
        return new Problem(409, "Conflict", detail);
    }

    /// 413: the body is larger than this route takes.
    ///
    /// @param limit bytes allowed
    public static Problem tooLarge(long limit) {
        return new Problem(
                413, "Content too large", "the body may have at most " + limit + " bytes here");
    }

    /// 415: the body is not of a type this route takes.
    public static Problem unsupportedMediaType(String detail) {
        return new Problem(415, "Unsupported media type", detail);
    }

    /// 429: too many; with `Retry-After`.
    public static Problem tooManyRequests(String detail, Duration retryAfter) {
        return new Problem(429, "Too many requests", detail).withRetryAfter(retryAfter);
    }

    /// 503: not possible at the moment; with `Retry-After`.
    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(503, "Unavailable", detail).withRetryAfter(retryAfter);
    }

    /// The same with a response header.
    public Problem withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Problem(status, title, detail(), more, members);
    }

    /// The same with a further member of the JSON object.
    ///
    /// @param name not one of `type`, `title`, `status`, `detail`
    /// @param value a string, number, boolean, list or map
    public Problem with(String name, Object value) {
        Map<String, Object> more = new HashMap<>(members);
        more.put(name, value);
        return new Problem(status, title, detail(), headers, more);
    }

    private Problem withRetryAfter(Duration retryAfter) {
        // rounded up, so that whoever waits exactly as long is let in
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return withHeader("Retry-After", Long.toString(seconds));
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// What kind of problem.
    public String title() {
        return title;
    }

    /// What is wrong this time, may be empty.
    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /// Further response headers by name.
    public Map<String, String> headers() {
        return headers;
    }

    /// The problem as the members of a JSON object.
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "about:blank");
        map.put("title", title);
        map.put("status", status);
        if (!detail().isEmpty()) {
            map.put("detail", detail());
        }
        members.forEach(map::putIfAbsent);
        return map;
    }
}
