package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Identity.Kind;
import io.netsentinel.events.ChannelPattern;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoleTest {
    @ParameterizedTest
    @CsvSource({
        "viewer,  true,  false, false, false",
        "analyst, true,  true,  false, false",
        "admin,   true,  true,  true,  true",
        "sensor,  false, false, true,  false"
    })
    void the_table_of_roles(
            String name, boolean read, boolean triage, boolean publish, boolean administer) {
        Role role = Role.parse(name).orElseThrow();
        assertThat(role.text()).isEqualTo(name);
        assertThat(Stream.of(Permission.values()).map(role::allows))
                .containsExactly(read, triage, publish, administer);
    }

    @Test
    void there_is_no_other_role() {
        assertThat(Role.parse("root")).isEmpty();
        assertThat(Role.parse("ADMIN")).isEmpty();
        assertThat(Role.parse("")).isEmpty();
        assertThat(Role.values()).hasSize(4);
    }

    @Test
    void audit_is_for_administrators_and_for_nobody_by_pattern() {
        assertThat(who(Role.ADMIN).mayRead("audit")).isTrue();
        assertThat(who(Role.VIEWER).mayRead("audit")).isFalse();
        assertThat(who(Role.ANALYST, "audit").mayRead("audit")).isFalse();
        assertThat(who(Role.ADMIN, "**").mayRead("audit")).isFalse();
        assertThat(who(Role.ADMIN, "**").mayRead("alerts")).isTrue();
        assertThat(who(Role.ADMIN, "**", "audit").mayRead("audit")).isTrue();
    }

    @Test
    void nobody_publishes_to_audit() {
        assertThat(who(Role.ADMIN).mayPublish("audit")).isFalse();
        assertThat(who(Role.ADMIN, "audit").mayPublish("audit")).isFalse();
        assertThat(who(Role.SENSOR).mayPublish("audit")).isFalse();
        assertThat(who(Role.SENSOR).mayPublish("alerts")).isTrue();
    }

    @Test
    void channels_narrow_what_the_role_may_and_widen_nothing() {
        Identity sensor = who(Role.SENSOR, "lab.*");
        assertThat(sensor.mayPublish("lab.one")).isTrue();
        assertThat(sensor.mayPublish("lab")).isFalse();
        assertThat(sensor.mayPublish("lab.one.two")).isFalse();
        assertThat(sensor.mayPublish("alerts")).isFalse();
        assertThat(sensor.mayRead("lab.one")).isFalse();
        assertThat(who(Role.VIEWER, "lab.*").mayPublish("lab.one")).isFalse();
    }

    private static Identity who(Role role, String... channels) {
        List<ChannelPattern> patterns = Arrays.stream(channels).map(ChannelPattern::of).toList();
        return new Identity(
                "ada", role, Kind.TOKEN, "1", patterns, Optional.empty(), Optional.empty());
    }
}
