package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The pages for administrators: who may open them, that they follow what happens, and that their
/// buttons do what they say.
@BrowserTest
final class BrowserAdminIT {
    private static final List<String> PAGES =
            List.of(
                    "/integrations",
                    "/connections",
                    "/channels",
                    "/queues",
                    "/stats",
                    "/users",
                    "/rules",
                    "/settings",
                    "/audit");

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @Test
    void aUserMadeOnThePageSignsInIsDisabledThereAndAllOfItIsInTheAuditTrail() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            Browser admin = browsers.take(server.address());
            server.signIn(admin, "admin");
            admin.open("/users");
            admin.awaitLive();
            admin.run("document.getElementById('user-name').value = 'zoe'; return true");
            admin.click("form[action='/users/add'] button");
            Await.until("the password", () -> admin.has("#main .command code"));
            String password = admin.text("#main .command code");

            Browser zoe = browsers.take(server.address());
            zoe.open("/login");
            zoe.signIn("zoe", password);
            zoe.awaitLive();
            for (String page : PAGES) {
                assertThat(zoe.has("#nav a[href='" + page + "']")).isFalse();
            }
            zoe.expect("status of 403");
            zoe.open("/users");
            assertThat(zoe.text("#main")).contains("Not allowed");
            zoe.leave();

            admin.open("/users");
            admin.awaitLive();
            assertThat(admin.text("#sheets")).contains("zoe").doesNotContain(password);
            admin.click("#u-zoe .deeds button");
            Await.until("zoe is disabled", () -> admin.text("#u-zoe").contains("disabled"));
            admin.open("/audit");
            admin.awaitLive();
            Await.until(
                    "the trail",
                    () ->
                            admin.text("#sheets").contains("POST /users/add")
                                    && admin.text("#sheets").contains("POST /users/disable"));
            admin.leave();
        }
    }

    @Test
    void thePagesFollowWhatHappens() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            Browser admin = browsers.take(server.address());
            server.signIn(admin, "admin");
            admin.open("/audit");
            admin.awaitLive();
            admin.pointAway();
            Browser other = browsers.take(server.address());
            server.signIn(other, "admin");
            Await.until(
                    "the second sign-in, without a reload",
                    () -> admin.text("#sheets").split("POST /login", -1).length > 2);
            other.leave();
            admin.open("/audit?q=event.outcome+%3D%3D+%22nothing%22");
            admin.awaitLive();
            assertThat(admin.text("#sheets")).contains("No line matches");
            admin.leave();
        }
    }
}
