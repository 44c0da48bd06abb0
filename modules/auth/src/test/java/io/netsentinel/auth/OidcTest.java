package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netsentinel.auth.AuthException.Reason;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sign-ins at an identity provider that lies, or that somebody else speaks for.
final class OidcTest {
    private static final URI BACK = URI.create("https://sentinel.example.org/return");
    private static Provider key;
    private static Provider foreign;

    private final KeyServer server = new KeyServer("");
    private final String issuer = server.address().resolve("/").toString().replaceAll("/$", "");
    private final OidcSettings settings =
            new OidcSettings(
                    URI.create(issuer),
                    "netsentinel",
                    Optional.of("a secret of thirty-two characters"),
                    "Example",
                    List.of("profile"),
                    java.time.Duration.ofSeconds(2),
                    new OutsideSettings.Claims(
                            "preferred_username",
                            "realm_access.roles",
                            Map.of("soc", Role.ANALYST),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
    private final Oidc oidc = new Oidc(settings, java.time.Duration.ofSeconds(30));

    @BeforeAll
    static void keys() {
        key = Provider.of("one", "RS256");
        foreign = Provider.of("one", "RS256");
    }

    @BeforeEach
    void answer() {
        server.answers.put("/.well-known/openid-configuration", KeyServer.ok(metadata(issuer)));
        server.answers.put("/keys", KeyServer.ok(Provider.set(key)));
    }

    @AfterEach
    void close() {
        oidc.close();
        server.close();
    }

    private static String metadata(String issuer) {
        return """
        {"issuer":"%1$s","authorization_endpoint":"%1$s/auth","token_endpoint":"%1$s/token",
         "jwks_uri":"%1$s/keys","subject_types_supported":["public"],
         "response_types_supported":["code"],"id_token_signing_alg_values_supported":["RS256"],
         "end_session_endpoint":"%1$s/end"}\
        """
                .formatted(issuer);
    }

    /// What a good provider says of somebody.
    private String claims(Oidc.Begun begun) {
        long now = Instant.now().getEpochSecond();
        return """
        {"iss":"%s","aud":"netsentinel","sub":"u-1","iat":%d,"exp":%d,"nonce":"%s",
         "preferred_username":"Jane","realm_access":{"roles":["staff","soc"]}}\
        """
                .formatted(issuer, now, now + 60, parameter(begun, "nonce"));
    }

    private static String parameter(Oidc.Begun begun, String name) {
        Matcher matcher =
                Pattern.compile("[?&]" + name + "=([^&]*)").matcher(begun.address().toString());
        assertThat(matcher.find()).as(name + " in " + begun.address()).isTrue();
        return matcher.group(1);
    }

    private static String came(Oidc.Begun begun) {
        return "code=abc&state=" + parameter(begun, "state");
    }

    private Oidc.Person signIn(Oidc.Begun begun, String idToken) {
        server.answers.put(
                "/token",
                KeyServer.ok(
                        "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}"
                                .formatted(idToken)));
        return oidc.finish(begun.secret(), came(begun), BACK);
    }

    private static String signed(Provider by, String claims) {
        return by.token(Forge.header("RS256", "one", "JWT", ""), claims);
    }

    private void refused(UnaryOperator<String> change, String why) {
        Oidc.Begun begun = oidc.begin(BACK);
        String token = signed(key, change.apply(claims(begun)));
        refused(() -> signIn(begun, token), Reason.DENIED, why);
    }

    private static void refused(Runnable attempt, Reason reason, String why) {
        assertThatExceptionOfType(AuthException.class)
                .isThrownBy(attempt::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .withMessageContaining(why);
    }

    @Test
    void somebody_the_provider_vouches_for_comes_in_with_the_role_of_their_group() {
        Oidc.Begun begun = oidc.begin(BACK);
        assertThat(begun.address().toString())
                .startsWith(issuer + "/auth?")
                .contains(
                        "response_type=code", "code_challenge_method=S256", "client_id=netsentinel")
                .doesNotContain(begun.secret());
        assertThat(signIn(begun, signed(key, claims(begun))))
                .isEqualTo(new Oidc.Person(new Account(issuer, "u-1"), "Jane", Role.ANALYST));
    }

    @Test
    void no_two_sign_ins_have_a_state_nonce_or_challenge_in_common() {
        Oidc.Begun one = oidc.begin(BACK);
        Oidc.Begun two = oidc.begin(BACK);
        List<String> values =
                List.of(one, two).stream()
                        .flatMap(begun ->
                                List.of("state", "nonce", "code_challenge").stream()
                                        .map(name -> parameter(begun, name)))
                        .toList();
        assertThat(values).doesNotHaveDuplicates().allMatch(value -> value.length() == 43);
    }

    @Test
    void a_browser_that_did_not_begin_does_not_come_in() {
        Oidc.Begun begun = oidc.begin(BACK);
        Oidc.Begun other = oidc.begin(BACK);
        for (String secret : List.of("", other.secret())) {
            refused(() -> oidc.finish(secret, came(begun), BACK), Reason.DENIED, "begin again");
        }
        refused(() -> oidc.finish(begun.secret(), "code=abc", BACK), Reason.DENIED, "begin again");
    }

    @Test
    void a_token_that_is_not_good_lets_nobody_in() {
        refused(text -> text.replace("\"nonce\":\"", "\"nonce\":\"x"), "nonce");
        refused(text -> text.replace("\"aud\":\"netsentinel\"", "\"aud\":\"other\""), "audience");
        refused(text -> text.replace("\"iss\":\"http", "\"iss\":\"https"), "issuer");
        refused(text -> text.replaceAll("\"exp\":\\d+", "\"exp\":1000"), "Expired");
        Oidc.Begun begun = oidc.begin(BACK);
        refused(
                () -> signIn(begun, signed(foreign, claims(begun))),
                Reason.DENIED,
                "its ID token is not good");
        String unsigned =
                Forge.encode("{\"alg\":\"none\"}") + "." + Forge.encode(claims(begun)) + ".";
        refused(() -> signIn(begun, unsigned), Reason.DENIED, "its ID token is not good");
        String symmetric =
                Forge.encode("{\"alg\":\"HS256\",\"kid\":\"one\"}")
                        + "."
                        + Forge.encode(claims(begun))
                        + "."
                        + Forge.encode("x".repeat(32));
        refused(() -> signIn(begun, symmetric), Reason.DENIED, "its ID token is not good");
    }

    @Test
    void an_account_without_a_name_or_a_known_role_does_not_come_in() {
        refused(text -> text.replace("preferred_username", "nickname"), "auth.oidc.user-claim");
        refused(text -> text.replace("\"soc\"", "\"guests\""), "auth.oidc.role-claim");
    }

    @Test
    void a_provider_that_is_away_or_is_another_is_named() {
        server.answers.put(
                "/.well-known/openid-configuration",
                KeyServer.ok(metadata("https://elsewhere.example.org")));
        unreachable("elsewhere.example.org");
        server.answers.put(
                "/.well-known/openid-configuration",
                KeyServer.ok(metadata(issuer).replace(issuer + "/token", "http://example.org/")));
        unreachable("https address");
        server.close();
        unreachable("Example cannot be asked now");
    }

    /// Asked by somebody who has not just been told no.
    private void unreachable(String why) {
        try (Oidc anew = new Oidc(settings, java.time.Duration.ofSeconds(30))) {
            refused(() -> anew.begin(BACK), Reason.UNREACHABLE, why);
        }
    }

    @Test
    void what_the_provider_says_is_wrong_is_told() {
        Oidc.Begun begun = oidc.begin(BACK);
        String query = "error=access_denied&state=" + parameter(begun, "state");
        refused(() -> oidc.finish(begun.secret(), query, BACK), Reason.DENIED, "access_denied");
        server.answers.put(
                "/token",
                "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length:"
                        + " 26\r\nConnection: close\r\n\r\n{\"error\":\"invalid_client\"}");
        refused(
                () -> oidc.finish(begun.secret(), came(begun), BACK),
                Reason.DENIED,
                "invalid_client");
    }

    @Test
    void an_answer_without_an_id_token_is_refused() {
        Oidc.Begun begun = oidc.begin(BACK);
        server.answers.put(
                "/token", KeyServer.ok("{\"access_token\":\"x\",\"token_type\":\"Bearer\"}"));
        refused(
                () -> oidc.finish(begun.secret(), came(begun), BACK),
                Reason.DENIED,
                "it sends no ID token");
    }

    /// Anybody can send anybody there: what did not begin here costs nobody a question.
    @Test
    void who_did_not_go_is_refused_before_the_provider_is_asked() {
        server.answers.put("/.well-known/openid-configuration", KeyServer.ok("nothing"));
        refused(() -> oidc.finish("", "code=x&state=y", BACK), Reason.DENIED, "did not begin");
        refused(() -> oidc.finish("s", "code=&state=x", BACK), Reason.DENIED, "");
        refused(() -> oidc.finish("s", "", BACK), Reason.DENIED, "");
        refused(() -> oidc.begin(BACK), Reason.UNREACHABLE, "Example cannot be asked now");
    }

    @Test
    void a_provider_that_has_just_not_answered_is_not_asked_again_by_everybody_who_waits() {
        server.answers.put("/.well-known/openid-configuration", KeyServer.ok("nothing"));
        refused(() -> oidc.begin(BACK), Reason.UNREACHABLE, "Example cannot be asked now");
        server.answers.put("/.well-known/openid-configuration", KeyServer.ok(metadata(issuer)));
        refused(() -> oidc.begin(BACK), Reason.UNREACHABLE, "Example cannot be asked now");
    }

    @Test
    void an_issuer_in_clear_text_is_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> OidcSettings.of(URI.create("http://id.example.org"), "x"))
                .withMessageContaining("auth.oidc.issuer must be https");
    }
}
