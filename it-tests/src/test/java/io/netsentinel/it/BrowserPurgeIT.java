package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Personal data is removed from `/settings`: looked at first, confirmed, withdrawn while it waits,
/// and gone after the next start.
@BrowserTest
final class BrowserPurgeIT {
    private static final String WANTED = "203.0.113.77";
    private static final String REMOVE = "form[action='/settings/purge'] button";

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    private static void look(Browser admin) {
        admin.open("/settings");
        admin.awaitLive();
        fill(admin, "purge-text", WANTED);
        admin.click("#purge form button");
        Await.until("what it would remove", () -> admin.has("#confirm"));
    }

    private static void fill(Browser admin, String field, String text) {
        admin.run("document.getElementById(arguments[0]).focus(); return true", field);
        admin.press(text);
    }

    private static void ask(Browser admin) {
        look(admin);
        fill(admin, "reason", "asked by letter");
        fill(admin, "confirm", WANTED);
        admin.click(REMOVE);
        Await.until("it waits", () -> admin.text("#sheet-purges").contains(WANTED));
    }

    @Test
    void whatIsKnownOfAnAddressIsGoneAfterTheNextStart() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            server.writeAndAwait(BrowserAlert.of("purge me"));
            Browser admin = browsers.take(server.address());
            server.signIn(admin, "admin");
            admin.awaitLive();

            look(admin);
            assertThat(admin.text("#main"))
                    .contains(WANTED, "alerts: 1 event removed", "cannot be undone");
            assertThat(admin.run("return location.href").toString()).doesNotContain(WANTED);
            fill(admin, "reason", "asked by letter");
            fill(admin, "confirm", "203.0.113.7");
            admin.click(REMOVE);
            Await.until("it is refused", () -> admin.has("#main .problem"));
            assertThat(admin.text("#main .problem")).contains("That is not what is to be removed");

            ask(admin);
            admin.awaitLive();
            admin.click("#sheet-purges .deeds button");
            Await.until(
                    "it is withdrawn", () -> admin.text("#sheet-purges").contains("Nothing waits"));

            ask(admin);
            admin.open("/audit");
            admin.awaitLive();
            assertThat(admin.text("#sheets"))
                    .contains("data.purge.ask", "data.purge.withdraw")
                    .doesNotContain(WANTED);
            admin.leave();
            server.kill();
            server.startAgain();
            assertThat(server.signatures()).doesNotContain("purge me");
        }
    }
}
