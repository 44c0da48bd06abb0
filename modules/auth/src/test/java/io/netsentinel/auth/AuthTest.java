package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthTest {
    @Test
    void first_start(@TempDir Path directory) throws Exception {
        try (EventLog log = EventLog.open(directory, LogSettings.defaults());
                Auth auth =
                        Auth.open(
                                log.store(),
                                directory,
                                AuthSettings.defaults().withHashIterations(1000),
                                Clock.systemUTC())) {
            String password = auth.initialPassword().orElseThrow();
            SignIn signIn = auth.signIn("admin", password, InetAddress.getLoopbackAddress());
            assertThat(signIn).isInstanceOf(SignIn.Granted.class);
            SignIn.Granted granted = (SignIn.Granted) signIn;
            assertThat(auth.bearer(granted.token())).isInstanceOf(Verdict.Accepted.class);
        }
    }
}
