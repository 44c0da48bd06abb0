package io.netsentinel.it;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Lends browsers to a test. After it each must be without complaint; a failed test leaves a
/// picture in `target/browser`.
final class BrowserPool implements BeforeEachCallback, AfterEachCallback {
    private static final Idle IDLE = new Idle();

    private final List<Browser> taken = new ArrayList<>();

    /// Browsers between two tests; the last thing in a run is to close them.
    private static final class Idle implements AutoCloseable {
        private final Deque<Browser> browsers = new ArrayDeque<>();

        Browser take() {
            return browsers.isEmpty() ? Browser.start() : browsers.pop();
        }

        @Override
        public void close() {
            browsers.forEach(Browser::close);
            browsers.clear();
        }
    }

    /// A browser nobody is signed in with.
    Browser take(URI server) {
        Browser browser = IDLE.take();
        taken.add(browser);
        browser.begin(server);
        return browser;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(Idle.class, IDLE);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> complaints = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            Browser browser = taken.get(i);
            if (context.getExecutionException().isPresent()) {
                browser.screenshot(picture(context, i));
            }
            complaints.addAll(browser.complaints());
            browser.leave();
            IDLE.browsers.push(browser);
        }
        taken.clear();
        if (!complaints.isEmpty()) {
            throw new AssertionError("the browser complained:\n" + String.join("\n", complaints));
        }
    }

    private static Path picture(ExtensionContext context, int number) {
        String name = context.getRequiredTestClass().getSimpleName();
        return Path.of(
                "target",
                "browser",
                name + "." + context.getRequiredTestMethod().getName() + "-" + number + ".png");
    }
}
