package io.netsentinel.transport;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.netsentinel.transport.spi.ErrorPage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Collects the HTTP routes of all modules. Every route says who may use it; the guard sees to it,
/// and to CSRF, `Host`, `Origin`, the size of the body, security headers and errors, before the
/// handler runs.
///
/// Paths are Helidon's: `/api/alerts/{id}/ack`, `/assets/{+path}`. A handler answers by
/// `response.send(…)` and may throw a [Problem].
public final class Routes {
    private final long defaultBody;
    private final Map<String, Map<Method, Route>> byPath = new LinkedHashMap<>();
    private Optional<ErrorPage> errorPage = Optional.empty();

    Routes(long defaultBody) {
        this.defaultBody = defaultBody;
    }

    record Route(Method method, String path, Access access, long maxBody, Handler handler) {}

    /// What a GET of this path does.
    public Routes get(String path, Access access, Handler handler) {
        return add(new Route(Method.GET, path, access, 0, handler));
    }

    /// What a POST to this path does; the body may have the default size.
    public Routes post(String path, Access access, Handler handler) {
        return post(path, access, defaultBody, handler);
    }

    /// What a POST to this path does.
    ///
    /// @param maxBody bytes the body may have, after decoding; more is answered with 413
    public Routes post(String path, Access access, long maxBody, Handler handler) {
        return add(new Route(Method.POST, path, access, maxBody, handler));
    }

    /// What a PUT to this path does; the body may have the default size.
    public Routes put(String path, Access access, Handler handler) {
        return add(new Route(Method.PUT, path, access, defaultBody, handler));
    }

    /// What a DELETE of this path does; the body may have the default size.
    public Routes delete(String path, Access access, Handler handler) {
        return add(new Route(Method.DELETE, path, access, defaultBody, handler));
    }

    /// How errors look for people. At most one module has a say.
    public Routes errorPage(ErrorPage page) {
        if (errorPage.isPresent()) {
            throw new IllegalStateException("two error pages");
        }
        errorPage = Optional.of(page);
        return this;
    }

    private Routes add(Route route) {
        Map<Method, Route> methods =
                byPath.computeIfAbsent(route.path(), _ -> new LinkedHashMap<>());
        if (methods.put(route.method(), route) != null) {
            throw new IllegalStateException("two routes " + route.method() + " " + route.path());
        }
        return this;
    }

    Map<String, Map<Method, Route>> byPath() {
        return byPath;
    }

    Optional<ErrorPage> errorPage() {
        return errorPage;
    }
}
