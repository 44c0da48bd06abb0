package io.netsentinel.transport.spi;

import io.helidon.webserver.http.ServerRequest;
import io.netsentinel.transport.Problem;

/// Makes an error a page, for requests that ask for HTML outside of the API. Given to
/// [io.netsentinel.transport.Routes#errorPage].
@FunctionalInterface
public interface ErrorPage {
    /// Renders a complete HTML document. Status and headers are set by the caller.
    ///
    /// @param request what was asked; [io.netsentinel.transport.Guard#find] tells by whom
    /// @param problem what went wrong; its texts are not escaped
    String html(ServerRequest request, Problem problem);
}
