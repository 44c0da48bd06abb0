package io.netsentinel.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A real Chromium with a profile of its own, as one person uses it.
///
/// It keeps what the browser reports: errors of scripts, requests that failed, violations of the
/// security policy. A test fails on any of them that it did not [#expect].
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final List<String> FLAGS =
            List.of(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Path profile;
    private final ChromeDriver driver;
    private final List<Pattern> expected = new ArrayList<>();
    private final List<String> scripts = new ArrayList<>();
    private URI server = URI.create("http://127.0.0.1/");

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /// Whether tests that need a browser run here; in CI they always do.
    static boolean installed() {
        return "true".equals(System.getenv("CI"))
                || (Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER));
    }

    static Browser start() {
        try {
            Path profile = Files.createTempDirectory("netsentinel-browser-");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(CHROMIUM.toFile());
            options.addArguments(FLAGS);
            options.addArguments("--user-data-dir=" + profile);
            LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            options.setCapability("goog:loggingPrefs", logs);
            File executable = DRIVER.toFile();
            ChromeDriverService service =
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(executable)
                            .usingAnyFreePort()
                            .build();
            return new Browser(profile, new ChromeDriver(service, options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Begins anew at a server: no cookie, an empty page, 1440 x 900, dark.
    void begin(URI address) {
        server = address;
        expected.clear();
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        size(1440, 900);
        prefer("dark");
        driver.manage().logs().get(LogType.BROWSER);
    }

    /// Leaves the server: its page is closed with its connection.
    void leave() {
        for (String script : scripts) {
            driver.executeCdpCommand(
                    "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
        }
        scripts.clear();
        driver.get("about:blank");
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// What the operating system asks for: `dark` or `light`.
    void prefer(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(String path) {
        driver.get(server.resolve(path).toString());
    }

    /// Another tab of the same person.
    ///
    /// @param first the tab before it
    record Tab(ChromeDriver driver, String first) {
        /// Closes the new tab and shows the one before it.
        void back() {
            driver.close();
            driver.switchTo().window(first);
        }
    }

    Tab newTab(String path) {
        Tab tab = new Tab(driver, driver.getWindowHandle());
        driver.switchTo().newWindow(WindowType.TAB);
        open(path);
        return tab;
    }

    /// The address of the page: path and query.
    String location() {
        return string("return location.pathname + location.search");
    }

    /// Has this cookie for its server.
    void cookie(HttpCookie cookie) {
        driver.executeCdpCommand(
                "Network.setCookie",
                Map.of(
                        "name", cookie.getName(),
                        "value", cookie.getValue(),
                        "url", server.toString(),
                        "httpOnly", true,
                        "sameSite", "Strict"));
    }

    /// Signs in through the form of the login page and waits for the live overview.
    void signIn(String user, String password) {
        open("/login");
        signInHere(user, password);
        Await.until("the overview", () -> location().equals("/"));
        awaitLive();
    }

    /// Fills in the login page that is shown.
    void signInHere(String user, String password) {
        driver.findElement(By.id("username")).sendKeys(user);
        driver.findElement(By.id("password")).sendKeys(password);
        driver.findElement(By.cssSelector("form button")).click();
    }

    void awaitLive() {
        Await.until("the pill says live", () -> state().equals("live"));
    }

    /// What the connection pill says.
    String state() {
        return string(
                "const pill = document.getElementById('pill'); return pill ? pill.dataset.state : ''");
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /// Types as a person does, wherever the focus is.
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /// Moves the pointer out of every list, where it would hold the rows.
    void pointAway() {
        new Actions(driver).moveToLocation(2, 2).perform();
    }

    /// Pulls the pointer over an element, from one place to another.
    ///
    /// @param from pixels from its left edge
    /// @param to the same
    void pull(String selector, int from, int to) {
        WebElement element = driver.findElement(By.cssSelector(selector));
        int half = element.getSize().width / 2;
        new Actions(driver)
                .moveToElement(element, from - half, 0)
                .clickAndHold()
                .moveByOffset(to - from, 0)
                .release()
                .perform();
    }

    /// Turns the wheel over the middle of an element.
    ///
    /// @param down pixels, negative for up
    /// @param keys held meanwhile
    void wheel(String selector, int down, Keys... keys) {
        WebElement element = driver.findElement(By.cssSelector(selector));
        Actions actions = new Actions(driver);
        for (Keys key : keys) {
            actions.keyDown(key);
        }
        actions.scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(element), 0, down);
        for (Keys key : keys) {
            actions.keyUp(key);
        }
        actions.perform();
    }

    /// How often the document has fetched something: pages, parts of pages.
    int fetches() {
        return ((Number)
                        run(
                                "return performance.getEntriesByType('resource').filter(e => e.initiatorType === 'fetch' || e.initiatorType === 'xmlhttprequest').length"))
                .intValue();
    }

    /// What a page holds after the collector has run.
    ///
    /// @param nodes elements and texts, also those that are in no page any more
    /// @param heap bytes
    record Memory(long nodes, long listeners, long heap) {}

    Memory memory() {
        driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        Map<String, Object> counters = driver.executeCdpCommand("Memory.getDOMCounters", Map.of());
        Map<String, Object> heap = driver.executeCdpCommand("Runtime.getHeapUsage", Map.of());
        return new Memory(
                number(counters, "nodes"),
                number(counters, "jsEventListeners"),
                number(heap, "usedSize"));
    }

    private static long number(Map<String, Object> of, String name) {
        return ((Number) Objects.requireNonNull(of.get(name), name)).longValue();
    }

    /// Runs a script at the beginning of every document to come, before its own.
    void atEveryDocument(String script) {
        scripts.add(
                String.valueOf(
                        driver.executeCdpCommand(
                                        "Page.addScriptToEvaluateOnNewDocument",
                                        Map.of("source", script))
                                .get("identifier")));
    }

    boolean has(String selector) {
        return count(selector) > 0;
    }

    int count(String selector) {
        return ((Number) run("return document.querySelectorAll(arguments[0]).length", selector))
                .intValue();
    }

    /// The text of the first such element as it stands in the document; empty when there is none.
    String text(String selector) {
        return string(
                "return document.querySelector(arguments[0])?.textContent.trim() ?? ''", selector);
    }

    /// An attribute of all such elements, in order.
    List<String> attributes(String selector, String name) {
        Object values =
                run(
                        "return [...document.querySelectorAll(arguments[0])].map(e => e.getAttribute(arguments[1]) ?? '')",
                        selector,
                        name);
        return ((List<?>) values).stream().map(String::valueOf).toList();
    }

    String string(String script, Object... arguments) {
        return run(script, arguments).toString();
    }

    boolean is(String script, Object... arguments) {
        return Boolean.parseBoolean(string(script, arguments));
    }

    /// Runs a script that returns something.
    Object run(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript(script, arguments), script);
    }

    /// Something the browser will rightly complain about in this test.
    ///
    /// @param regex found anywhere in its message
    void expect(String regex) {
        expected.add(Pattern.compile(regex));
    }

    /// What the browser complained about since it began or since the last call.
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::toString)
                .filter(text -> expected.stream().noneMatch(one -> one.matcher(text).find()))
                .toList();
    }

    /// Processor time that the processes of its pages have used so far.
    Duration processor() {
        return processes()
                .filter(one -> commandLine(one).contains("--type=renderer"))
                .flatMap(one -> one.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private Stream<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(one -> commandLine(one).contains(profile.toString()));
    }

    /// Chromium's children write over theirs, which the JDK then takes for a program without
    /// arguments.
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"),
                    StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return ""; // it has ended
        }
    }

    /// All its processes stand still, as those of a laptop that sleeps.
    void sleep() {
        signal("-STOP");
    }

    /// They go on.
    void wake() {
        signal("-CONT");
    }

    /// The driver itself goes on: it only talks to the browser when it is asked something.
    private void signal(String kind) {
        List<String> command = new ArrayList<>(List.of("kill", kind));
        processes().forEach(one -> command.add(Long.toString(one.pid())));
        Programs.run(command);
    }

    /// Writes what is on the screen as PNG.
    void screenshot(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
