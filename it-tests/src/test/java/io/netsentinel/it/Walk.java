package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/// Somebody who goes through the dashboard with the keyboard alone: Tab, Enter, Space, and the keys
/// of the pages. It remembers which actions were offered, which were done, and what the security
/// policy refused.
final class Walk {
    private static final int MOST_STEPS = 400;
    private static final int MOST_TRIES = 60;

    /// Remembers over documents. An action is done when its form was sent; one that htmx sends when
    /// the server has taken it.
    private static final String REMEMBER =
            """
            const remember = (kind, what) => sessionStorage.setItem('walk',
                JSON.stringify([...JSON.parse(sessionStorage.getItem('walk') ?? '[]'), [kind, what]]));
            addEventListener('securitypolicyviolation', event =>
                remember('violation', `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
            addEventListener('submit', ({ target }) => {
                if (target.method === 'post' && !target.hasAttribute('hx-post')) remember('done', new URL(target.action).pathname);
            }, true);
            document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
                if (ctx.request.method.toUpperCase() === 'POST' && ctx.response?.status < 400)
                    remember('done', new URL(ctx.request.action, location).pathname);
            });
            """;

    private static final String SHOWN =
            "const shown = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: false });";

    /// The forms that change something and have a button to press.
    private static final String OFFERED =
            SHOWN
                    + """
                    return [...document.querySelectorAll('button')]
                        .filter(b => b.form?.method === 'post' && b.type === 'submit' && shown(b))
                        .map(b => new URL(b.form.action).pathname);
                    """;

    /// What Tab has to come to: what can be seen now.
    private static final String BEGIN_TOUR =
            SHOWN
                    + """
                    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
                        .filter(e => e.tabIndex >= 0 && !e.disabled && shown(e) && !e.closest('[inert]'));
                    window.tour = { wanted: all, seen: new Set() };
                    document.activeElement?.blur();
                    return all.length;
                    """;

    /// The step after a Tab: whether the round is complete, and what is wrong with what has the
    /// focus.
    private static final String STEP =
            """
            const at = document.activeElement;
            if (at === document.body) return ''; // between the last and the first
            if (at === tour.at && at.type === 'datetime-local') return ''; // one stop for each of its parts
            if (tour.seen.has(at)) return 'round';
            tour.at = at;
            tour.seen.add(at);
            const name = e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}${e.className?.baseVal === undefined && e.className ? '.' + e.className : ''} "${(e.ariaLabel ?? e.textContent).trim().slice(0, 40)}"`;
            const marked = e => {
                const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(e);
                return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
            };
            return [at, at.closest('tr')].some(e => e && marked(e)) ? '' : `the focus is not to be seen on ${name(at)}`;
            """;

    /// How many stops Tab makes on the way to an element, about.
    private static final String STOPS =
            SHOWN
                    + """
                    const [selector] = arguments;
                    if (document.activeElement?.matches(selector)) return 0;
                    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
                        .filter(e => e.tabIndex >= 0 && !e.disabled && shown(e));
                    const from = all.indexOf(document.activeElement);
                    const to = all.findIndex(e => e.matches(selector));
                    return to < 0 ? 1 : to > from ? to - from : all.length - from + to;
                    """;

    private static final String MISSED =
            SHOWN
                    + """
                    return tour.wanted.filter(e => e.isConnected && !tour.seen.has(e) && shown(e) && !e.disabled && e.tabIndex >= 0)
                        .map(e => e.outerHTML.slice(0, 200));
                    """;

    private final Browser browser;
    private final Set<String> offered = new TreeSet<>();

    private Walk(Browser browser) {
        this.browser = browser;
    }

    static Walk begin(Browser browser) {
        browser.atEveryDocument(REMEMBER);
        browser.open("/login");
        browser.run("sessionStorage.removeItem('walk'); return true");
        return new Walk(browser);
    }

    /// Signs in on the login page.
    void signIn(String user, String password) {
        reach("#username");
        type(user);
        reach("#password");
        type(password);
        browser.press(Keys.ENTER);
        Await.until("the overview", () -> browser.location().equals("/"));
        browser.awaitLive();
        browser.pointAway();
    }

    /// Goes to a page by the keys of the navigation; the new page has the focus.
    void go(String key, String path) {
        leaveField();
        browser.press("g", key);
        Await.until(
                path + " by the keys g " + key,
                () ->
                        browser.location().equals(path)
                                && browser.is(
                                        "return document.querySelector('#nav [aria-current]')?.getAttribute('href') === arguments[0] && document.activeElement.id === 'main'",
                                        path));
        browser.awaitLive();
        look();
    }

    /// Opens a page by its address.
    void open(String path) {
        browser.open(path);
        browser.awaitLive();
        look();
    }

    /// Remembers which actions the page offers.
    void look() {
        ((List<?>) browser.run(OFFERED)).forEach(action -> offered.add(String.valueOf(action)));
    }

    /// Opens each menu of the header and closes it again; the focus goes back to where it came
    /// from.
    void menus() {
        for (String id : browser.attributes("details.menu", "id")) {
            String summary = "#" + id + " summary";
            press(summary, Keys.ENTER);
            Await.until("the menu " + id, () -> browser.has("#" + id + "[open]"));
            look();
            browser.press(Keys.TAB);
            assertThat(browser.is(has("#" + id + " .menu-box :focus"))).as("within " + id).isTrue();
            browser.press(Keys.ESCAPE);
            Await.until("no menu " + id, () -> !browser.has("#" + id + "[open]"));
            assertThat(browser.is(has(summary + ":focus"))).as("back at " + id).isTrue();
        }
    }

    private static String has(String selector) {
        return "return document.querySelector(\"" + selector + "\") !== null";
    }

    /// Once round the page with Tab.
    ///
    /// @return what is wrong: what cannot be reached, and where the focus cannot be seen
    List<String> tour() {
        browser.run(BEGIN_TOUR);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < MOST_STEPS; i++) {
            browser.press(Keys.TAB);
            String said = browser.string(STEP);
            if (said.equals("round")) {
                break;
            }
            if (!said.isEmpty()) {
                wrong.add(said);
            }
        }
        ((List<?>) browser.run(MISSED)).forEach(one -> wrong.add("Tab does not come to " + one));
        return wrong.stream().map(one -> browser.location() + ": " + one).toList();
    }

    /// Presses Tab until an element has the focus: as often at once as there seem to be stops
    /// before it.
    void reach(String selector) {
        Await.until(selector, () -> browser.has(selector));
        for (int i = 0; i < MOST_TRIES; i++) {
            int stops = ((Number) browser.run(STOPS, selector)).intValue();
            if (stops == 0) {
                return;
            }
            browser.press(Keys.TAB.toString().repeat(i < MOST_TRIES / 2 ? stops : 1));
        }
        throw new AssertionError(browser.location() + ": Tab does not come to " + selector);
    }

    /// Goes to an element and presses a key there.
    void press(String selector, CharSequence key) {
        reach(selector);
        browser.press(key);
    }

    /// Writes into a field in place of what it says.
    void fill(String selector, String text) {
        reach(selector);
        new Actions(browser.driver())
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .perform();
        type(text);
    }

    private void type(String text) {
        browser.press(text);
    }

    /// Single keys rest while somebody types.
    private void leaveField() {
        if (browser.is(
                "return document.activeElement?.matches('input, select, textarea') ?? false")) {
            browser.press(Keys.ESCAPE);
        }
    }

    /// What was done since the last time, until a short message says so.
    void awaitToast(String text) {
        Await.until("a message: " + text, () -> browser.text("#toasts").contains(text));
        look();
    }

    Set<String> offered() {
        return offered;
    }

    Set<String> done() {
        return remembered("done");
    }

    Set<String> violations() {
        return remembered("violation");
    }

    private Set<String> remembered(String kind) {
        Set<String> found = new TreeSet<>();
        ((List<?>)
                        browser.run(
                                "return JSON.parse(sessionStorage.getItem('walk') ?? '[]').filter(([kind]) => kind === arguments[0]).map(([, what]) => what)",
                                kind))
                .forEach(what -> found.add(String.valueOf(what)));
        return found;
    }
}
