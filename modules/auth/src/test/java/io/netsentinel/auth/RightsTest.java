package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What narrows a role: channels by what they are used for, and rows.
final class RightsTest {
    @TempDir Path directory;

    @Test
    void a_grant_allows_only_the_uses_it_names() {
        Identity who = who(Role.ADMIN, "lab.*:publish", "alerts:subscribe+history", "network");
        assertThat(who.mayPublish("lab.one")).isTrue();
        assertThat(who.maySubscribe("lab.one")).isFalse();
        assertThat(who.mayRead("lab.one")).isFalse();
        assertThat(who.maySubscribe("alerts")).isTrue();
        assertThat(who.mayRead("alerts")).isTrue();
        assertThat(who.mayPublish("alerts")).isFalse();
        assertThat(who.may(ChannelUse.ACK, "alerts")).isFalse();
        for (ChannelUse use : ChannelUse.values()) {
            assertThat(who.may(use, "network")).as("%s", use).isTrue();
            assertThat(who.may(use, "system")).as("%s", use).isFalse();
        }
        assertThat(who.knows("lab.one")).isTrue();
        assertThat(who.knows("system")).isFalse();
    }

    @Test
    void a_grant_gives_no_role_what_it_may_not() {
        assertThat(who(Role.VIEWER, "lab:publish").mayPublish("lab")).isFalse();
        assertThat(who(Role.SENSOR, "lab:subscribe+history+ack").maySubscribe("lab")).isFalse();
        assertThat(who(Role.ANALYST, "audit:history").mayRead("audit")).isFalse();
    }

    @Test
    void audit_needs_its_name_for_each_use() {
        Identity who = who(Role.ADMIN, "**", "audit:history");
        assertThat(who.mayRead("audit")).isTrue();
        assertThat(who.maySubscribe("audit")).isFalse();
        assertThat(who.mayPublish("audit")).isFalse();
    }

    @Test
    void grants_are_written_as_they_are_read() {
        for (String text : List.of("alerts", "**", "lab.*:publish", "a:subscribe+history+ack")) {
            assertThat(ChannelGrant.parse(text).text()).isEqualTo(text);
        }
        assertThat(ChannelGrant.parse("a:ack+subscribe+publish+history").text()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "a:", "a:read", "a:subscribe+", "a:SUBSCRIBE", "A", "a:b:c"})
    void what_is_no_grant_is_refused(String text) {
        assertThatThrownBy(() -> ChannelGrant.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_row_filter_may_not_look_at_what_some_records_of_an_alert_lack() {
        assertThatThrownBy(() -> RowFilter.parse("not url.path ~ \"/secret*\""))
                .hasMessageContaining("url.path")
                .hasMessageContaining("source.ip");
        assertThatThrownBy(() -> RowFilter.parse("source.ip =")).hasMessageContaining("column");
        assertThat(RowFilter.parse("severity >= high and not source.ip in 10.1.0.0/16").fields())
                .containsExactly(Fields.NS_SEVERITY, Fields.SOURCE_IP);
    }

    @Test
    void a_token_sees_what_its_role_and_its_own_rows_let_through_also_after_a_restart() {
        try (Fixture fixture = new Fixture(directory)) {
            fixture.restart(
                    fixture.settings()
                            .withRights(
                                    Map.of(
                                            Role.VIEWER,
                                            rights(
                                                    "source.ip in 10.0.0.0/8",
                                                    "alerts",
                                                    "network"))));
            String jwt =
                    fixture.auth()
                            .tokens()
                            .issue(
                                    "desk",
                                    Role.VIEWER,
                                    rights(
                                            "destination.port = 80 or severity >= high",
                                            "network:subscribe+history",
                                            "system"),
                                    Duration.ofHours(1))
                            .jwt();
            for (Auth auth : List.of(fixture.auth(), fixture.restartAll())) {
                Identity who = fixture.accepted(auth.bearer(jwt));
                assertThat(sees(who, "10.1.2.3", 80)).isTrue();
                assertThat(sees(who, "10.1.2.3", 81)).isFalse();
                assertThat(sees(who, "11.1.2.3", 80)).isFalse();
                assertThat(who.maySubscribe("network")).isTrue();
                assertThat(who.may(ChannelUse.ACK, "network")).isFalse();
                assertThat(who.maySubscribe("alerts")).isFalse();
                assertThat(who.maySubscribe("system")).isFalse();
            }
        }
    }

    @Test
    void an_administrator_cannot_be_narrowed_by_configuration() {
        assertThatThrownBy(() ->
                        AuthSettings.defaults()
                                .withRights(Map.of(Role.ADMIN, rights("severity >= high"))))
                .hasMessageContaining("administrator");
    }

    @Test
    void another_role_acts_at_once_and_is_told_but_ends_no_session() {
        try (Fixture fixture = new Fixture(directory)) {
            fixture.user("ada", Role.ANALYST);
            SignIn.Granted session = fixture.signIn("ada");
            fixture.revoked.clear();
            fixture.auth().users().setRole("ada", Role.VIEWER);
            assertThat(fixture.revoked)
                    .containsExactly(
                            new Revocation(
                                    Revocation.Scope.USER, "ada", Revocation.Cause.ACCESS_CHANGED));
            assertThat(fixture.accepted(fixture.auth().session(session.cookie())).role())
                    .isEqualTo(Role.VIEWER);
            assertThat(fixture.accepted(fixture.auth().bearer(session.token())).role())
                    .isEqualTo(Role.VIEWER);
            fixture.revoked.clear();
            fixture.auth().users().setRole("ada", Role.VIEWER);
            assertThat(fixture.revoked).isEmpty();
            assertThatThrownBy(() -> fixture.auth().users().setRole("admin", Role.VIEWER))
                    .hasMessageContaining("last administrator");
            assertThatThrownBy(() -> fixture.auth().users().setRole("ada", Role.SENSOR))
                    .hasMessageContaining("token");
            assertThat(fixture.restartAll().users().find("ada").orElseThrow().role())
                    .isEqualTo(Role.VIEWER);
        }
    }

    private static boolean sees(Identity who, String source, long port) {
        Event event =
                Event.builder()
                        .put(Fields.SOURCE_IP, source)
                        .put(Fields.DESTINATION_PORT, port)
                        .build();
        return who.rows().orElseThrow().test(event);
    }

    private static Rights rights(String rows, String... channels) {
        return Rights.of(
                Arrays.stream(channels).map(ChannelGrant::parse).toList(),
                Optional.of(RowFilter.parse(rows)));
    }

    private static Identity who(Role role, String... channels) {
        return new Identity(
                "ada",
                role,
                Identity.Kind.TOKEN,
                "1",
                Rights.of(
                        Arrays.stream(channels).map(ChannelGrant::parse).toList(),
                        Optional.empty()),
                Optional.empty());
    }
}
