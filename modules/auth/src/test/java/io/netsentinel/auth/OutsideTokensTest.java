package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens of an outside identity provider.
final class OutsideTokensTest {
    private static final Provider ONE = Provider.of("one", "RS256");
    private static final Provider TWO = Provider.of("two", "ES256");
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration TINY = Duration.ofMillis(1);

    @TempDir Path directory;
    private Fixture fixture;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(directory);
        file = Files.writeString(directory.resolve("keys.json"), Provider.set(ONE, TWO));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void use(OutsideSettings.Keys keys, OutsideSettings.Claims claims) {
        fixture.restart(fixture.settings().withOutside(settings(keys, claims)));
    }

    private static OutsideSettings settings(
            OutsideSettings.Keys keys, OutsideSettings.Claims claims) {
        return new OutsideSettings(
                keys, "https://id.example/", "netsentinel", Set.of("at+jwt"), claims);
    }

    private void useFile() {
        use(OutsideSettings.Keys.of(file), OutsideSettings.Claims.defaults());
    }

    private Map<String, String> claims() {
        long now = fixture.clock.instant().getEpochSecond();
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", "\"https://id.example/\"");
        claims.put("aud", "[\"other\",\"netsentinel\"]");
        claims.put("sub", "\"ada\"");
        claims.put("role", "\"analyst\"");
        claims.put("jti", "\"t1\"");
        claims.put("iat", Long.toString(now));
        claims.put("exp", Long.toString(now + 600));
        return claims;
    }

    private String with(String name, String json) {
        Map<String, String> claims = claims();
        claims.put(name, json);
        return text(claims);
    }

    private String without(String name) {
        Map<String, String> claims = claims();
        claims.remove(name);
        return text(claims);
    }

    private static String text(Map<String, String> claims) {
        StringBuilder text = new StringBuilder("{");
        claims.forEach((name, value) ->
                text.append(text.length() > 1 ? "," : "")
                        .append('"')
                        .append(name)
                        .append("\":")
                        .append(value));
        return text.append('}').toString();
    }

    private Identity accepted(String token) {
        return fixture.accepted(fixture.auth().bearer(token));
    }

    private Verdict.Refused refused(String token) {
        Verdict.Refused refused = fixture.refused(fixture.auth().bearer(token));
        for (String part : token.split("\\.", -1)) {
            if (part.length() > 8) {
                assertThat(refused.reason()).doesNotContain(part);
            }
        }
        return refused;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                "EdDSA"
            })
    void every_algorithm_works_with_its_own_key_and_with_no_other(String algorithm)
            throws IOException {
        Provider key = Provider.of("k", algorithm);
        Files.writeString(file, Provider.set(key, ONE));
        useFile();
        Identity who = accepted(key.token(text(claims())));
        assertThat(who.user()).isEqualTo("ada");
        assertThat(who.role()).isEqualTo(Role.ANALYST);
        assertThat(who.kind()).isEqualTo(Identity.Kind.TOKEN);
        assertThat(who.expires()).isPresent();
        Provider thief = Provider.of("k", algorithm);
        refused(thief.token(text(claims())));
        for (String other : new String[] {"none", "HS256", "RS256", "ES256", "PS512"}) {
            if (!other.equals(algorithm)) {
                refused(key.token(Forge.header(other, "k", "at+jwt", ""), text(claims())));
            }
        }
    }

    @Test
    void who_is_disabled_here_does_not_come_in_under_another_name() throws IOException {
        useFile();
        Account account = new Account("https://id.example/", "ada");
        SignIn in =
                fixture.auth().signIn(new Oidc.Person(account, "ada.l", Role.VIEWER), Fixture.HOME);
        assertThat(in).isInstanceOf(SignIn.Granted.class);
        accepted(ONE.token(text(claims())));
        fixture.auth().users().disable("ada.l");
        assertThat(refused(ONE.token(text(claims()))).reason()).contains("disabled");
    }

    @Test
    void the_public_key_is_no_secret_for_an_hmac() throws IOException {
        useFile();
        String header = Forge.header("HS256", "one", "at+jwt", "");
        refused(Forge.sign(header, text(claims()), ONE.pair().getPublic().getEncoded()));
        refused(Forge.sign(header, text(claims()), Files.readAllBytes(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "jti", "sub", "role"})
    void a_claim_that_is_needed_must_be_there(String name) {
        useFile();
        accepted(ONE.token(text(claims())));
        refused(ONE.token(without(name)));
        refused(ONE.token(with(name, "{}")));
        refused(ONE.token(with(name, "null")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iss|\"https://id.example\"",
                "iss|\"https://id.example/evil\"",
                "aud|\"netsentinel2\"",
                "aud|\"other netsentinel\"",
                "aud|[]",
                "jti|\"\"",
                "jti|\"a\\nb\"",
                "exp|\"9999999999\"",
                "exp|-1",
                "exp|1e300",
                "nbf|9999999999",
                "iat|9999999999",
                "nbf|\"soon\"",
                "sub|\"../admin\"",
                "sub|\"a b\"",
                "role|\"root\"",
                "role|\"ADMIN\""
            })
    void a_claim_that_is_wrong_is_refused(String name, String json) {
        useFile();
        refused(ONE.token(with(name, json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"jku\":\"http://127.0.0.1/\"",
                ",\"x5u\":\"http://127.0.0.1/\"",
                ",\"jwk\":{}",
                ",\"x5c\":[]",
                ",\"crit\":[\"exp\"]",
                ",\"zip\":\"DEF\"",
                ",\"b64\":false",
                ",\"kid\":\"two\""
            })
    void other_headers_are_refused(String more) {
        useFile();
        refused(ONE.token(Forge.header("RS256", "one", "at+jwt", more), text(claims())));
    }

    @Test
    void a_token_of_another_kind_or_without_a_known_key_is_refused() {
        useFile();
        refused(ONE.token(Forge.header("RS256", "one", "JWT", ""), text(claims())));
        refused(ONE.token(Forge.header("RS256", "three", "at+jwt", ""), text(claims())));
        refused(ONE.token(Forge.header("RS256", "../one", "at+jwt", ""), text(claims())));
        refused(ONE.token("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", text(claims())));
        for (String malformed : new String[] {"", "a.b", "a.b.c.d", "....", "e30.e30.e30"}) {
            fixture.refused(fixture.auth().bearer(malformed));
        }
    }

    @Test
    void every_changed_character_of_a_token_is_noticed() {
        useFile();
        String good = TWO.token(text(claims()));
        accepted(good);
        for (int i = 0; i < good.length(); i++) {
            char other = good.charAt(i) == 'A' ? 'B' : 'A';
            String changed = good.substring(0, i) + other + good.substring(i + 1);
            boolean lastBits = i == good.length() - 1; // what base64 leaves over means nothing
            if (!lastBits) {
                assertThat(fixture.auth().bearer(changed))
                        .as("character %s", i)
                        .isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @Test
    void it_ends_by_itself_and_by_being_revoked_also_after_a_restart() {
        useFile();
        String token = ONE.token(text(claims()));
        Identity who = accepted(token);
        fixture.revoked.clear();
        fixture.auth().revoke(who.id());
        assertThat(fixture.revoked).hasSize(1);
        assertThat(fixture.revoked.getFirst().covers(who)).isTrue();
        assertThat(refused(token).reason()).contains("revoked");
        fixture.restartAll();
        assertThat(refused(token).reason()).contains("revoked");
        String other = ONE.token(with("jti", "\"t2\""));
        fixture.auth().signOut(accepted(other));
        assertThat(refused(other).reason()).contains("revoked");
        String third = ONE.token(with("jti", "\"t3\""));
        accepted(third);
        fixture.clock.advance(Duration.ofMinutes(11));
        assertThat(refused(third).expired()).isTrue();
    }

    @Test
    void nobody_from_outside_has_the_name_of_somebody_here() {
        useFile();
        assertThat(refused(ONE.token(with("sub", "\"Admin\""))).reason()).contains("name");
        fixture.auth().tokens().issue("probe", Role.SENSOR, java.util.List.of(), LONG);
        assertThat(refused(ONE.token(with("sub", "\"probe\""))).reason()).contains("name");
    }

    @Test
    void its_own_tokens_work_as_before() {
        useFile();
        String own =
                fixture.auth()
                        .tokens()
                        .issue("probe", Role.SENSOR, java.util.List.of(), LONG)
                        .jwt();
        assertThat(accepted(own).user()).isEqualTo("probe");
    }

    @Test
    void claims_are_mapped_to_role_channels_and_rows() {
        use(
                OutsideSettings.Keys.of(file),
                new OutsideSettings.Claims(
                        "email",
                        "realm_access.roles",
                        Map.of("soc-1", Role.VIEWER, "soc-2", Role.ANALYST),
                        Optional.empty(),
                        Optional.of("https://example/channels"),
                        Optional.of("rows")));
        Map<String, String> claims = claims();
        claims.put("email", "\"ada@example.org\"");
        claims.put("realm_access", "{\"roles\":[\"x\",\"soc-1\",\"soc-2\",\"soc-1\"]}");
        claims.put("https://example/channels", "\"alerts lab.*:subscribe\"");
        claims.put("rows", "\"source.ip in 10.1.0.0/16\"");
        Identity who = accepted(ONE.token(text(claims)));
        assertThat(who.user()).isEqualTo("ada@example.org");
        assertThat(who.role()).isEqualTo(Role.ANALYST);
        assertThat(who.mayRead("alerts")).isTrue();
        assertThat(who.maySubscribe("lab.x")).isTrue();
        assertThat(who.mayRead("lab.x")).isFalse();
        assertThat(who.rows().orElseThrow().text()).isEqualTo("source.ip in 10.1.0.0/16");
        claims.put("rows", "\"*\"");
        assertThat(accepted(ONE.token(text(claims))).rows()).isEmpty();
        for (String missing :
                new String[] {"rows", "https://example/channels", "realm_access", "email"}) {
            Map<String, String> less = new LinkedHashMap<>(claims);
            less.remove(missing);
            refused(ONE.token(text(less)));
        }
        claims.put("rows", "\"not url.path = x\"");
        refused(ONE.token(text(claims)));
        claims.put("rows", "\"severity >\"");
        refused(ONE.token(text(claims)));
    }

    @Test
    void an_unknown_role_may_have_a_default() {
        use(
                OutsideSettings.Keys.of(file),
                new OutsideSettings.Claims(
                        "sub",
                        "groups",
                        Map.of(),
                        Optional.of(Role.VIEWER),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(accepted(ONE.token(text(claims()))).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void a_changed_file_is_read_again() throws IOException {
        useFile();
        Provider three = Provider.of("three", "ES256");
        refused(three.token(text(claims())));
        accepted(ONE.token(text(claims())));
        replace(Provider.set(three));
        await(() -> fixture.auth().bearer(three.token(text(claims()))) instanceof Verdict.Accepted);
        refused(ONE.token(text(claims())));
    }

    @Test
    void an_unknown_key_makes_the_address_be_asked_once_in_a_while() {
        try (KeyServer server = new KeyServer(Provider.set(ONE))) {
            use(
                    OutsideSettings.Keys.of(server.address())
                            .withTimes(LONG, LONG, Duration.ofSeconds(10)),
                    OutsideSettings.Claims.defaults());
            accepted(ONE.token(text(claims())));
            for (int i = 0; i < 20; i++) {
                refused(TWO.token(text(claims())));
            }
            assertThat(server.requests).hasValue(1);
            use(
                    OutsideSettings.Keys.of(server.address())
                            .withTimes(LONG, TINY, Duration.ofSeconds(10)),
                    OutsideSettings.Claims.defaults());
            server.answer = KeyServer.ok(Provider.set(TWO));
            await(() ->
                    fixture.auth().bearer(TWO.token(text(claims()))) instanceof Verdict.Accepted);
            refused(ONE.token(text(claims())));
        }
    }

    @Test
    void an_address_that_fails_leaves_the_last_good_keys() {
        try (KeyServer server = new KeyServer(Provider.set(ONE))) {
            use(
                    OutsideSettings.Keys.of(server.address())
                            .withTimes(LONG, TINY, Duration.ofMillis(500)),
                    OutsideSettings.Claims.defaults());
            for (String bad :
                    new String[] {
                        "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n" + " ".repeat(400_000),
                        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{",
                        KeyServer.ok("{\"keys\":[]}"),
                        KeyServer.ok("{\"keys\":[],\"keys\":[" + TWO.jwk() + "]}"),
                        KeyServer.ok(Provider.set(TWO, TWO)),
                        "nonsense"
                    }) {
                server.answer = bad;
                int before = server.requests.get();
                await(() -> {
                    refused(TWO.token(text(claims())));
                    return server.requests.get() > before;
                });
                accepted(ONE.token(text(claims())));
            }
        }
        accepted(ONE.token(text(claims())));
    }

    @Test
    void an_address_that_is_away_keeps_nobody_from_starting() {
        KeyServer server = new KeyServer(Provider.set(ONE));
        server.close();
        use(
                OutsideSettings.Keys.of(server.address()).withTimes(LONG, TINY, LONG),
                OutsideSettings.Claims.defaults());
        refused(ONE.token(text(claims())));
    }

    @Test
    void a_file_that_is_no_key_set_stops_the_start() throws IOException {
        String secret = ONE.jwk().replace("}", ",\"d\":\"AAAA\"}");
        String weak = "{\"kty\":\"RSA\",\"kid\":\"w\",\"n\":\"AQAB\",\"e\":\"AQAB\"}";
        String symmetric = "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"AQAB\"}";
        for (String bad :
                new String[] {
                    "",
                    "{}",
                    "[]",
                    "{\"keys\":[]}",
                    "{\"keys\":[1]}",
                    "{\"keys\":[" + secret + "]}",
                    "{\"keys\":[" + weak + "]}",
                    "{\"keys\":[" + ONE.jwk() + "," + symmetric + "]}"
                }) {
            Files.writeString(file, bad);
            assertThatThrownBy(this::useFile).as(bad).isInstanceOf(AuthFilesException.class);
        }
        Files.writeString(file, Provider.set(ONE));
        useFile();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example.org/keys",
                "http://127.0.0.1.example.org/keys",
                "ftp://127.0.0.1/keys",
                "file:///etc/passwd"
            })
    void an_address_must_be_https_or_on_this_machine(String address) {
        assertThatThrownBy(() -> OutsideSettings.Keys.of(URI.create(address)))
                .hasMessageContaining("https");
    }

    private void replace(String content) throws IOException {
        Path fresh = Files.writeString(directory.resolve("fresh.json"), content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
