package io.netsentinel.webui;

import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Account;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthException;
import io.netsentinel.auth.Oidc;
import io.netsentinel.auth.SignIn;
import io.netsentinel.auth.User;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.BrowserSessions;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// `/login`, `/logout` and `/account` with its password form: all plain forms, none needs a script.
final class SignInPages {
    private static final System.Logger LOG = System.getLogger(SignInPages.class.getName());
    private static final Duration YEAR = Duration.ofDays(365);
    private static final long BODY = 8 * 1_024;

    private final Web web;
    private final Auth auth;
    private final BrowserSessions sessions;

    SignInPages(Web web, Auth auth, BrowserSessions sessions) {
        this.web = web;
        this.auth = auth;
        this.sessions = sessions;
    }

    void routes(Routes routes) {
        routes.get("/login", Access.OPEN, this::show)
                .post("/login", Access.OPEN, BODY, this::signIn)
                .get("/login/provider", Access.OPEN, this::leave)
                .get(BrowserSessions.RETURN_PATH, Access.OPEN, this::comeBack)
                .get("/logout/provider", Access.OPEN, this::signOutThere)
                .post("/logout", Access.IDENTITY, BODY, this::signOut)
                .get("/account", Access.PAGE, this::account)
                .post("/account/preferences", Access.IDENTITY, BODY, this::prefer)
                .post("/account/password", Access.IDENTITY, BODY, this::changePassword);
    }

    private void show(ServerRequest request, ServerResponse response) {
        String next = next(request.query().contains("next") ? request.query().get("next") : "/");
        if (Guard.find(request).isPresent()) {
            Web.redirect(response, next);
        } else {
            login(request, response, "", "", next);
        }
    }

    private void leave(ServerRequest request, ServerResponse response) {
        Oidc provider = provider();
        String next = next(request.query().contains("next") ? request.query().get("next") : "/");
        try {
            Web.redirect(response, sessions.leave(provider, request, response, next).toString());
        } catch (AuthException e) {
            refuse(request, response, e, next);
        }
    }

    private void comeBack(ServerRequest request, ServerResponse response) {
        Oidc provider = provider();
        String next = next(sessions.wanted(request));
        try {
            switch (sessions.comeBack(provider, request, response)) {
                case SignIn.Granted _ -> Web.redirect(response, next);
                case SignIn.Denied _ -> {
                    response.status(403);
                    login(request, response, "The user is disabled here.", "", next);
                }
                case SignIn.TooMany many -> tooMany(request, response, many, "", next);
            }
        } catch (AuthException e) {
            refuse(request, response, e, next);
        }
    }

    private void refuse(
            ServerRequest request, ServerResponse response, AuthException e, String next) {
        boolean away = e.reason() == AuthException.Reason.UNREACHABLE;
        String reason = Visible.of(String.valueOf(e.getMessage()));
        LOG.log(System.Logger.Level.WARNING, "no sign-in at the identity provider: {0}", reason);
        response.status(away ? 502 : 403);
        login(request, response, "Not signed in. " + reason, "", next);
    }

    /// The session here is over already; there it may go on, and let anybody at this browser in.
    private void signOutThere(ServerRequest request, ServerResponse response) {
        URI login = sessions.here(request, "/login");
        Web.redirect(response, provider().signOut(login).orElse(login).toString());
    }

    private Oidc provider() {
        return auth.provider()
                .orElseThrow(() -> Problem.notFound("there is no identity provider: auth.oidc"));
    }

    private void signIn(ServerRequest request, ServerResponse response) {
        Forms form = Forms.read(request);
        String user = form.first("username");
        String next = next(form.first("next"));
        switch (sessions.signIn(request, response, user, form.first("password"))) {
            case SignIn.Granted _ -> Web.redirect(response, next);
            case SignIn.Denied _ -> {
                response.status(401);
                login(request, response, "User name or password is wrong.", user, next);
            }
            case SignIn.TooMany many -> tooMany(request, response, many, user, next);
        }
    }

    private void tooMany(
            ServerRequest request,
            ServerResponse response,
            SignIn.TooMany many,
            String user,
            String next) {
        response.status(429).header("Retry-After", Long.toString(seconds(many.retryAfter())));
        login(request, response, wait(many.retryAfter()), user, next);
    }

    private void login(
            ServerRequest request,
            ServerResponse response,
            String problem,
            String user,
            String next) {
        Map<String, Object> model = web.bareModel(request, "Sign in");
        String file =
                auth.initialPasswordFile().map(path -> path.getFileName().toString()).orElse("");
        model.put(
                "login",
                new LoginModel(
                        problem,
                        Visible.of(user),
                        next,
                        file,
                        auth.provider().map(Oidc::label).orElse(""),
                        URLEncoder.encode(next, StandardCharsets.UTF_8),
                        request.query().contains("signed-out"),
                        request.query().contains("wall")));
        web.page(response, "login", model);
    }

    private void signOut(ServerRequest request, ServerResponse response) {
        boolean there =
                auth.users()
                        .find(Guard.identity(request).user())
                        .flatMap(User::account)
                        .isPresent();
        sessions.signOut(request, response);
        Web.redirect(
                response, there && auth.provider().isPresent() ? "/login?signed-out" : "/login");
    }

    private void account(ServerRequest request, ServerResponse response) {
        boolean changed = request.query().contains("changed");
        account(
                request,
                response,
                changed
                        ? new AccountModel.Notice(
                                "The password is changed. Your other sessions have ended.", "good")
                        : AccountModel.Notice.NONE);
    }

    /// How pages look in this browser; kept in cookies, so that they are right from the start.
    private void prefer(ServerRequest request, ServerResponse response) {
        Forms form = Forms.read(request);
        String theme = form.first("theme");
        String density = form.first("density");
        cookie(
                response,
                Web.THEME_COOKIE,
                theme.equals("light") || theme.equals("dark") ? theme : "");
        cookie(response, Web.DENSITY_COOKIE, density.equals("compact") ? density : "");
        Web.redirect(response, "/account");
    }

    /// An empty one is taken away.
    private static void cookie(ServerResponse response, String name, String value) {
        response.headers()
                .addCookie(
                        SetCookie.builder(name, value)
                                .path("/")
                                .maxAge(value.isEmpty() ? Duration.ZERO : YEAR)
                                .sameSite(SetCookie.SameSite.LAX)
                                .build());
    }

    private void changePassword(ServerRequest request, ServerResponse response) {
        Forms form = Forms.read(request);
        if (!form.first("new").equals(form.first("again"))) {
            refuse(request, response, 400, "The two new passwords differ.");
            return;
        }
        try {
            switch (sessions.changePassword(
                    request, response, form.first("current"), form.first("new"))) {
                case SignIn.Granted _ -> Web.redirect(response, "/account?changed");
                case SignIn.Denied _ ->
                        refuse(request, response, 403, "The current password is wrong.");
                case SignIn.TooMany many -> refuse(request, response, 429, wait(many.retryAfter()));
            }
        } catch (AuthException e) {
            refuse(request, response, 400, String.valueOf(e.getMessage()));
        }
    }

    private void refuse(ServerRequest request, ServerResponse response, int status, String text) {
        response.status(status);
        account(request, response, new AccountModel.Notice(text, "bad"));
    }

    private void account(
            ServerRequest request, ServerResponse response, AccountModel.Notice notice) {
        Map<String, Object> model = web.model(request, PageHead.of("Account", "/account"));
        model.put("notice", notice);
        Visitor visitor = web.visitor(request);
        String issuer =
                auth.users()
                        .find(visitor.user())
                        .flatMap(User::account)
                        .map(Account::issuer)
                        .orElse("");
        model.put("account", AccountModel.of(visitor, issuer));
        web.page(response, "account", model);
    }

    private static String next(String wanted) {
        String path = SafePath.of(wanted);
        return path.startsWith("/login") ? "/" : path;
    }

    private static String wait(Duration time) {
        return "Too many attempts. Try again in " + Numbers.count(seconds(time), "second") + ".";
    }

    private static long seconds(Duration time) {
        return Math.max(1, time.plusMillis(999).toSeconds());
    }
}
