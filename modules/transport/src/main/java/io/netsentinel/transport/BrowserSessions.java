package io.netsentinel.transport;

import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.SignIn;
import java.time.Instant;

/// Signing in and out with a cookie, for the API and for pages. A service every endpoint can get.
public final class BrowserSessions {
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
        return SetCookie.builder(admission.cookieName(), value)
                .path("/")
                .httpOnly(true)
                .secure(admission.secure())
                .sameSite(SetCookie.SameSite.LAX);
    }
}
