package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.ChannelPattern;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Everything RFC 8725 and the usual lists of attacks on JSON Web Tokens name. Each attack is a
/// token that differs from a good one in one way.
final class TokenAttackTest {
    @TempDir Path directory;
    private Fixture fixture;
    private Forge forge;
    private Tokens.Issued issued;
    private long now;

    @BeforeEach
    void issue() {
        fixture = new Fixture(directory);
        forge = new Forge(directory);
        issued =
                fixture.auth().tokens().issue("probe", Role.SENSOR, List.of(), Duration.ofHours(1));
        now = fixture.clock.instant().getEpochSecond();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private record Attack(String name, String token) {}

    @Test
    void an_issued_token_is_accepted() {
        Identity who = fixture.accepted(fixture.auth().bearer(issued.jwt()));
        assertThat(who.user()).isEqualTo("probe");
        assertThat(who.role()).isEqualTo(Role.SENSOR);
        assertThat(who.kind()).isEqualTo(Identity.Kind.TOKEN);
        assertThat(who.id()).isEqualTo(issued.token().id());
    }

    @Test
    void a_token_made_by_hand_like_an_issued_one_is_accepted() {
        // otherwise the attacks below would prove nothing
        String token = forge.sign(forge.header(), payload(""));
        assertThat(fixture.auth().bearer(token)).isInstanceOf(Verdict.Accepted.class);
    }

    @TestFactory
    List<DynamicTest> every_attack_is_refused_without_repeating_what_was_sent() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Attack attack : attacks()) {
            tests.add(
                    DynamicTest.dynamicTest(
                            attack.name(),
                            () -> {
                                Verdict.Refused refused =
                                        fixture.refused(fixture.auth().bearer(attack.token()));
                                assertThat(refused.reason()).isNotBlank();
                                for (String part : attack.token().split("\\.", -1)) {
                                    if (part.length() > 8) {
                                        assertThat(refused.reason()).doesNotContain(part);
                                    }
                                }
                            }));
        }
        return tests;
    }

    @Test
    void a_token_ends_with_its_time_and_the_refusal_says_so() {
        fixture.clock.advance(Duration.ofHours(1).minusSeconds(1));
        fixture.accepted(fixture.auth().bearer(issued.jwt()));
        fixture.clock.advance(Duration.ofSeconds(1 + 30));
        assertThat(fixture.refused(fixture.auth().bearer(issued.jwt())).expired()).isTrue();
    }

    @Test
    void a_revoked_token_is_refused_at_once_and_after_a_restart() {
        fixture.auth().tokens().revoke(issued.token().id());
        fixture.refused(fixture.auth().bearer(issued.jwt()));
        fixture.refused(fixture.restart().bearer(issued.jwt()));
    }

    @Test
    void a_well_signed_token_that_was_never_issued_is_refused() {
        String token = forge.sign(forge.header(), payload("").replace(issued.token().id(), "01X"));
        fixture.refused(fixture.auth().bearer(token));
    }

    @Test
    void role_and_channels_come_from_what_was_issued_not_from_the_token() {
        Tokens.Issued narrow =
                fixture.auth()
                        .tokens()
                        .issue(
                                "lab",
                                Role.VIEWER,
                                List.of(ChannelPattern.of("lab.*")),
                                Duration.ofHours(1));
        String raised =
                forge.sign(
                        forge.header(),
                        Forge.decode(narrow.jwt().split("\\.", -1)[1])
                                .replace("viewer", "admin")
                                .replace("lab.*", "**"));
        Identity who = fixture.accepted(fixture.auth().bearer(raised));
        assertThat(who.role()).isEqualTo(Role.VIEWER);
        assertThat(who.mayRead("alerts")).isFalse();
    }

    @Test
    void tokens_of_the_key_before_stay_good_after_rotation_and_end_with_it() {
        fixture.auth().rotateKey();
        fixture.accepted(fixture.auth().bearer(issued.jwt()));
        Tokens.Issued fresh =
                fixture.auth().tokens().issue("probe", Role.SENSOR, List.of(), Duration.ofHours(1));
        assertThat(keyIdOf(fresh.jwt())).isNotEqualTo(keyIdOf(issued.jwt()));
        fixture.accepted(fixture.restart().bearer(fresh.jwt()));
        fixture.accepted(fixture.auth().bearer(issued.jwt()));
        fixture.auth().rotateKey();
        fixture.auth().rotateKey();
        fixture.refused(fixture.auth().bearer(issued.jwt()));
    }

    private List<Attack> attacks() {
        String good = issued.jwt();
        String[] parts = good.split("\\.", -1);
        String header = forge.header();
        String payload = payload("");
        String id = forge.keyId();
        List<Attack> attacks = new ArrayList<>();
        attacks.add(new Attack("empty", ""));
        attacks.add(new Attack("two dots", ".."));
        attacks.add(new Attack("no structure", "token"));
        attacks.add(new Attack("signature cut off", parts[0] + "." + parts[1] + "."));
        attacks.add(new Attack("signature missing", parts[0] + "." + parts[1]));
        attacks.add(new Attack("a fourth part", good + ".e30"));
        attacks.add(new Attack("five parts as encrypted ones have", good + ".e30.e30"));
        attacks.add(new Attack("with spaces", parts[0] + ". " + parts[1] + "." + parts[2]));
        attacks.add(
                new Attack(
                        "payload of another",
                        parts[0]
                                + "."
                                + Forge.encode(payload.replace("sensor", "admin"))
                                + "."
                                + parts[2]));
        attacks.add(new Attack("one bit of the signature turned", flipped(good)));
        attacks.add(new Attack("huge", good + "A".repeat(100_000)));
        attacks.add(
                new Attack(
                        "huge and well signed",
                        forge.sign(header, payload(",\"x\":\"" + "y".repeat(5_000) + "\""))));
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            String unsigned =
                    Forge.encode(Forge.header(none, id, "at+jwt", ""))
                            + "."
                            + Forge.encode(payload)
                            + ".";
            attacks.add(new Attack("alg " + none + " unsigned", unsigned));
            attacks.add(new Attack("alg " + none + " signed", signed(none, id, "at+jwt", "")));
        }
        attacks.add(
                new Attack(
                        "alg none without kid",
                        Forge.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")
                                + "."
                                + Forge.encode(payload)
                                + "."));
        attacks.add(
                new Attack(
                        "no alg at all",
                        forge.sign("{\"kid\":\"" + id + "\",\"typ\":\"at+jwt\"}", payload)));
        for (String other :
                List.of("HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "hs256")) {
            attacks.add(new Attack("alg " + other, signed(other, id, "at+jwt", "")));
        }
        for (String other :
                List.of(
                        "",
                        "other",
                        "../../../../dev/null",
                        "/dev/null",
                        "x' UNION SELECT 'k",
                        "http://198.51.100.9/key",
                        "0",
                        "\\u0000",
                        id + " ",
                        id.toUpperCase(java.util.Locale.ROOT) + "x")) {
            attacks.add(new Attack("kid " + other, signed("HS256", other, "at+jwt", "")));
            attacks.add(
                    new Attack(
                            "kid " + other + " signed with nothing",
                            Forge.sign(
                                    Forge.header("HS256", other, "at+jwt", ""),
                                    payload,
                                    new byte[] {0})));
        }
        attacks.add(
                new Attack(
                        "no kid", forge.sign("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}", payload)));
        attacks.add(
                new Attack(
                        "kid is a list",
                        forge.sign(
                                "{\"alg\":\"HS256\",\"kid\":[\"" + id + "\"],\"typ\":\"at+jwt\"}",
                                payload)));
        attacks.add(
                new Attack(
                        "another key under our kid",
                        Forge.sign(header, payload, "secret".getBytes(StandardCharsets.UTF_8))));
        attacks.add(
                new Attack(
                        "the kid itself as key",
                        Forge.sign(header, payload, id.getBytes(StandardCharsets.UTF_8))));
        for (String more :
                List.of(
                        ",\"jku\":\"https://198.51.100.9/keys\"",
                        ",\"x5u\":\"https://198.51.100.9/cert\"",
                        ",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                        ",\"x5c\":[\"MIIB\"]",
                        ",\"x5t\":\"AAAA\"",
                        ",\"crit\":[\"exp\"],\"exp\":1",
                        ",\"crit\":[\"b64\"],\"b64\":false",
                        ",\"crit\":[]",
                        ",\"zip\":\"DEF\"",
                        ",\"enc\":\"A256GCM\"",
                        ",\"cty\":\"JWT\"")) {
            attacks.add(new Attack("header " + more, signed("HS256", id, "at+jwt", more)));
        }
        for (String type : List.of("JWT", "", "refresh+jwt", "dpop+jwt", "at")) {
            attacks.add(new Attack("typ " + type, signed("HS256", id, type, "")));
        }
        for (String claim : List.of("exp", "iss", "aud", "jti", "iat")) {
            attacks.add(new Attack("without " + claim, forge.sign(header, without(claim))));
        }
        attacks.add(new Attack("exp passed", forge.sign(header, with("exp", "" + (now - 31)))));
        attacks.add(new Attack("exp is 0", forge.sign(header, with("exp", "0"))));
        attacks.add(new Attack("exp is text", forge.sign(header, with("exp", "\"soon\""))));
        attacks.add(new Attack("exp is null", forge.sign(header, with("exp", "null"))));
        attacks.add(
                new Attack(
                        "exp beyond all time",
                        forge.sign(header, with("exp", "99999999999999999999"))));
        attacks.add(
                new Attack(
                        "issued in the future", forge.sign(header, with("iat", "" + (now + 31)))));
        attacks.add(new Attack("not yet", forge.sign(header, payload(",\"nbf\":" + (now + 31)))));
        attacks.add(new Attack("iss of another", forge.sign(header, with("iss", "\"other\""))));
        attacks.add(new Attack("aud of another", forge.sign(header, with("aud", "[\"other\"]"))));
        attacks.add(new Attack("aud empty", forge.sign(header, with("aud", "[]"))));
        attacks.add(new Attack("jti empty", forge.sign(header, with("jti", "\"\""))));
        attacks.add(new Attack("jti a number", forge.sign(header, with("jti", "7"))));
        attacks.add(new Attack("payload is a list", forge.sign(header, "[]")));
        attacks.add(new Attack("payload is nothing", forge.sign(header, "")));
        attacks.add(new Attack("payload nested deeply", forge.sign(header, "[".repeat(2_000))));
        attacks.add(new Attack("header is a list", forge.sign("[]", payload)));
        attacks.add(
                new Attack(
                        "standard base 64 with padding",
                        java.util.Base64.getEncoder()
                                        .encodeToString(header.getBytes(StandardCharsets.UTF_8))
                                + "=."
                                + parts[1]
                                + "."
                                + parts[2]));
        return attacks;
    }

    private String signed(String algorithm, String keyId, String type, String more) {
        return forge.sign(Forge.header(algorithm, keyId, type, more), payload(""));
    }

    private String payload(String more) {
        return "{\"iss\":\"netsentinel\",\"aud\":[\"netsentinel\"],\"sub\":\"probe\",\"jti\":\"%s\",\"iat\":%d,\"exp\":%d,\"role\":\"sensor\"%s}"
                .formatted(issued.token().id(), now, now + 600, more);
    }

    private String with(String claim, String value) {
        return without(claim).replaceFirst("\\{", "{\"" + claim + "\":" + value + ",");
    }

    private String without(String claim) {
        String changed =
                payload("").replaceFirst("\"" + claim + "\":(\"[^\"]*\"|\\[[^\\]]*\\]|\\d+),", "");
        assertThat(changed).doesNotContain("\"" + claim + "\"");
        return changed;
    }

    private static String flipped(String token) {
        int middle = token.lastIndexOf('.') + 5;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return token.substring(0, middle) + other + token.substring(middle + 1);
    }

    private static String keyIdOf(String token) {
        return Forge.decode(token.split("\\.", -1)[0]).replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1");
    }
}
