package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminActionsTest {
    @TempDir private Path directory;

    private DashboardFixture fixture;
    private Browser ada;

    @BeforeEach
    void start() {
        fixture = DashboardFixture.withStreams(directory);
        ada = fixture.signedIn("ada", Role.ADMIN);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aMessageToAClientThatIsAwayWaitsAndIsPurgedAfterALook() {
        assertThat(notify("desk-1", "<b>Shift ends</b>").body())
                .contains("Queued for ada/desk-1: it is kept until ");
        assertThat(ada.get("/queues").body())
                .contains("href=\"/queues/purge?messages=ada%2Fdesk-1\"")
                .contains("href=\"/connections?notify=ada%2Fdesk-1\"");
        assertThat(ada.get("/connections?notify=ada%2Fdesk-1").body())
                .contains("value=\"ada/desk-1\"", "autofocus");
        assertThat(ada.get("/queues/purge?messages=ada%2Fdesk-1").body())
                .contains("1 message that waits is removed", "It cannot be undone");
        assertThat(ada.press("/queues/purge", "messages", "ada/desk-1").body())
                .contains("1 message for ada/desk-1 removed.");
        assertThat(ada.get("/queues").body()).doesNotContain("/queues/purge?messages");
    }

    @Test
    void aMessageGoesToAllOnAChannelAsTextOrAsAnObject() {
        assertThat(ada.press("/connections/broadcast", "channel", "system", "text", "Hello").body())
                .contains("Sent to all on system as number ");
        assertThat(
                        ada.press(
                                        "/connections/broadcast",
                                        "channel",
                                        "system",
                                        "text",
                                        "{\"level\":2}")
                                .body())
                .contains("Sent to all on system as number ");
        assertThat(fixture.stored("system")).contains("{\"message\":\"Hello\"}", "{\"level\":2}");
        String page = ada.get("/connections").body();
        assertThat(page).contains("selected=\"selected\">system</option>");
        assertThat(page).doesNotContain("<option>alerts</option>");
    }

    @Test
    void withoutAScriptAPageSaysWhatCameOfIt() {
        assertThat(
                        ada.submit(
                                        "/connections/notify",
                                        "client",
                                        "desk-1",
                                        "text",
                                        "Hello",
                                        "_csrf",
                                        ada.csrf())
                                .body())
                .contains("Queued for ada/desk-1", "href=\"/connections\">Back");
        Browser.Reply refused =
                ada.submit(
                        "/connections/notify",
                        "client",
                        "desk 1",
                        "text",
                        "Hello",
                        "_csrf",
                        ada.csrf());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("A client&#39;s id is 1 to 64 of the characters");
    }

    @Test
    void whatCannotBeDoneIsSaidByName() {
        assertThat(notify("desk-1", "{ not json").body())
                .contains("toast bad", "The message begins with { and is no JSON object");
        assertThat(notify("desk-1", "  ").body()).contains("The message is empty");
        assertThat(ada.press("/queues/purge", "messages", "ada/nowhere").body())
                .contains("Ada has no client nowhere");
        assertThat(ada.press("/queues/purge", "durable", "ada/nothing").body())
                .contains("Ada has no durable subscription nothing");
        assertThat(ada.get("/queues/purge?durable=ada%2F%3Cb%3E").body())
                .doesNotContain("<b>")
                .contains("&lt;b&gt;");
        assertThat(ada.get("/queues/purge").status()).isEqualTo(400);
    }

    @Test
    void noneOfItIsForAnAnalystOrAForgedForm() {
        Browser ann = fixture.signedIn("ann", Role.ANALYST);
        for (String path :
                List.of("/connections/broadcast", "/connections/notify", "/queues/purge")) {
            assertThat(ann.press(path, "text", "x").status()).as(path).isEqualTo(403);
            assertThat(ada.submit(path, "text", "x", "_csrf", "forged").status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(ann.get("/queues/purge?messages=ada%2Fdesk-1").status()).isEqualTo(403);
        assertThat(ada.get("/queues").body()).contains("No messages wait");
    }

    private Browser.Reply notify(String client, String text) {
        return ada.press("/connections/notify", "client", client, "text", text);
    }
}
