package io.netsentinel.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Oidc;
import io.netsentinel.auth.SignIn;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// Signing in and out with a cookie, for the API and for pages. A service every endpoint can get.
public final class BrowserSessions {
    /// Where a browser comes back to from the identity provider.
    public static final String RETURN_PATH = "/login/provider/return";

    private static final Duration AT_PROVIDER = Duration.ofMinutes(10);
    private static final int LONGEST_PATH = 1_024;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Auth auth;
    private final Admission admission;

    BrowserSessions(Auth auth, Admission admission) {
        this.auth = auth;
        this.admission = admission;
    }

    /// Checks a user name and a password and, when they are right, sets the cookie. An earlier
    /// session of the same browser ends.
    public SignIn signIn(
            ServerRequest request, ServerResponse response, String user, String password) {
        SignIn result = auth.signIn(user, password, Guard.address(request));
        Exchange.of(request).signIn(user, result instanceof SignIn.Granted);
        if (result instanceof SignIn.Granted granted) {
            Guard.find(request).ifPresent(auth::signOut);
            setCookie(response, granted);
        }
        return result;
    }

    /// Begins a sign-in at the identity provider: sets a cookie that lasts ten minutes.
    ///
    /// @param next the page that was asked for: a path of this server
    /// @return where to send the browser
    /// @throws io.netsentinel.auth.AuthException when the provider does not answer
    public URI leave(Oidc provider, ServerRequest request, ServerResponse response, String next) {
        Oidc.Begun begun = provider.begin(here(request, RETURN_PATH));
        String wanted = next.length() > LONGEST_PATH ? "/" : next;
        String value = begun.secret() + "." + BASE64.encodeToString(wanted.getBytes(UTF_8));
        response.headers().addCookie(cookie(leaveCookie(), value).maxAge(AT_PROVIDER).build());
        return begun.address();
    }

    /// Ends a sign-in at the identity provider: the browser has come back. When the provider
    /// vouches for somebody, sets the session cookie. An earlier session of the same browser ends.
    ///
    /// @throws io.netsentinel.auth.AuthException saying why somebody may not come in
    public SignIn comeBack(Oidc provider, ServerRequest request, ServerResponse response) {
        response.headers().addCookie(cookie(leaveCookie(), "").expires(Instant.EPOCH).build());
        Exchange exchange = Exchange.of(request);
        exchange.signIn("", false);
        exchange.handOut("at " + provider.issuer());
        SignIn result =
                auth.signIn(() -> back(provider, request, exchange), Guard.address(request));
        if (result instanceof SignIn.Granted granted) {
            exchange.signIn(granted.identity().user(), true);
            Guard.find(request).ifPresent(auth::signOut);
            setCookie(response, granted);
        }
        return result;
    }

    private Oidc.Person back(Oidc provider, ServerRequest request, Exchange exchange) {
        Oidc.Person person =
                provider.finish(
                        kept(request).secret(),
                        request.query().rawValue(),
                        here(request, RETURN_PATH));
        exchange.signIn(person.name(), false);
        return person;
    }

    /// The page that was asked for before the browser left for the identity provider; `/` when that
    /// is not known. Whoever sends a browser there checks that it is a path of this server.
    public String wanted(ServerRequest request) {
        try {
            return new String(Base64.getUrlDecoder().decode(kept(request).next()), UTF_8);
        } catch (IllegalArgumentException _) {
            return "/";
        }
    }

    /// This server's own address as people reach it, and a path.
    public URI here(ServerRequest request, String path) {
        return URI.create(admission.publicOrigin(Exchange.of(request).client()) + path);
    }

    /// What a browser keeps while it is at the provider.
    private record Kept(String secret, String next) {}

    private Kept kept(ServerRequest request) {
        String value = request.headers().cookies().first(leaveCookie()).orElse(".Lw");
        int dot = value.indexOf('.');
        return dot < 0
                ? new Kept("", "Lw")
                : new Kept(value.substring(0, dot), value.substring(dot + 1));
    }

    private String leaveCookie() {
        return admission.cookieName() + "-leave";
    }

    /// Ends the session or token the request came with and removes the cookie.
    public void signOut(ServerRequest request, ServerResponse response) {
        Guard.find(request).ifPresent(auth::signOut);
        response.headers().addCookie(cookie("").expires(Instant.EPOCH).build());
    }

    /// Changes the password of whoever is signed in. All sessions end; this browser gets a new
    /// cookie.
    ///
    /// @throws io.netsentinel.auth.AuthException when the new password is not acceptable
    public SignIn changePassword(
            ServerRequest request, ServerResponse response, String current, String password) {
        SignIn result =
                auth.changePassword(
                        Guard.identity(request), current, password, Guard.address(request));
        if (result instanceof SignIn.Granted granted) {
            setCookie(response, granted);
        }
        return result;
    }

    private void setCookie(ServerResponse response, SignIn.Granted granted) {
        // no Max-Age: the cookie goes with the browser, the session ends by itself
        response.headers().addCookie(cookie(granted.cookie()).build());
    }

    private SetCookie.Builder cookie(String value) {
        return cookie(admission.cookieName(), value);
    }

    private SetCookie.Builder cookie(String name, String value) {
        return SetCookie.builder(name, value)
                .path("/")
                .httpOnly(true)
                .secure(admission.secure())
                .sameSite(SetCookie.SameSite.LAX);
    }
}
