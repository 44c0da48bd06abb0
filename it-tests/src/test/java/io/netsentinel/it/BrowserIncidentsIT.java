package io.netsentinel.it;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two analysts work on one incident at the same time.
@BrowserTest
final class BrowserIncidentsIT {
    @TempDir private static Path folder;

    private static BrowserServer server;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @BeforeAll
    static void startServer() {
        server = BrowserServer.start(folder);
        server.addUser("ann", "analyst");
        server.addUser("bob", "analyst");
        server.writeAndAwait(BrowserAlert.of("ET EXPLOIT Something bad").withLevel("Critical"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void twoAnalystsSeeEachOthersChangesAndWhoWasFirst() {
        Browser ann = browsers.take(server.address());
        server.enter(ann, "ann", "/incidents");
        Await.until("an incident", () -> ann.has("#rows .sig a"));
        String address =
                ann.string("return document.querySelector('#rows .sig a').getAttribute('href')");
        Browser bob = browsers.take(server.address());
        server.enter(bob, "bob");
        for (Browser browser : new Browser[] {ann, bob}) {
            browser.open(address);
            browser.awaitLive();
        }
        bob.run(
                "window.seen = 0; new MutationObserver(() => { if (!window.seen &&"
                        + " document.querySelector('#case [data-owner]').textContent.includes('ann'))"
                        + " window.seen = Date.now(); }).observe(document.getElementById('incident'),"
                        + " {subtree: true, childList: true, characterData: true}); return true");

        ann.run("window.pressed = Date.now(); return true");
        ann.press("t");

        Await.until("bob sees it", () -> bob.is("return window.seen > 0"));
        long took =
                Long.parseLong(bob.string("return String(window.seen)"))
                        - Long.parseLong(ann.string("return String(window.pressed)"));
        System.out.println("another browser sees who took the incident after " + took + " ms");
        Await.until("ann sees it too", () -> text(ann).contains("with ann"));

        bob.run("document.querySelector('#note').value = 'seen before'; return true");
        bob.run("document.getElementById('note-form').requestSubmit(); return true");
        Await.until("ann reads the note", () -> text(ann).contains("seen before"));
        ann.run("document.querySelector('[data-move=contained]').click(); return true");
        Await.until("bob sees the status", () -> text(bob).contains("Contained"));
        Await.until(
                "bob sees who did it",
                () ->
                        text(bob).contains("gave it to ann")
                                && text(bob).contains("made it contained"));
    }

    private static String text(Browser browser) {
        return browser.string("return document.getElementById('case').innerText");
    }
}
