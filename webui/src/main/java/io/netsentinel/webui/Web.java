package io.netsentinel.webui;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.Hub;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.OpenCounts;
import io.netsentinel.events.Channel;
import io.netsentinel.events.FilterException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.queuing.StorageDegradedException;
import io.netsentinel.transport.Assets;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Services;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/// What all pages share: templates, assets, and how a request becomes a visitor and a model becomes
/// an answer.
final class Web {
    private static final String HTML = "text/html; charset=utf-8";

    /// Characters of a page from which on it is compressed.
    private static final int WORTH_IT = 1_024;

    static final String THEME_COOKIE = "ns-theme";
    static final String DENSITY_COOKIE = "ns-density";
    private static final String TOASTS = "div#toasts";
    private static final String FORMAT = "format";
    private static final String BOX = "div#sheets";

    /// Channels on which only sensors speak.
    static final List<String> SENSOR_CHANNELS =
            List.of(
                    Channel.ALERTS,
                    Channel.NETWORK,
                    Channel.PACKETS,
                    Channel.LOGS,
                    Channel.HONEYPOT);

    private final Templates templates = new Templates();
    private final AssetIndex assets = AssetIndex.load();
    private final Alerts alerts;
    private final Hub hub;
    private final Clock clock;
    private final EventLog log;
    private final SavedViews views;

    Web(Services services) {
        this.alerts = services.get(Alerts.class);
        this.hub = services.get(Hub.class);
        this.clock = services.find(Clock.class).orElseGet(Clock::systemUTC);
        this.log = services.get(EventLog.class);
        this.views = new SavedViews(log.store());
    }

    EventLog log() {
        return log;
    }

    SavedViews views() {
        return views;
    }

    AssetIndex assets() {
        return assets;
    }

    Alerts alerts() {
        return alerts;
    }

    Hub hub() {
        return hub;
    }

    Instant now() {
        return clock.instant();
    }

    /// Who asks, as far as a page shows it.
    Visitor visitor(ServerRequest request) {
        Optional<Identity> who = Guard.find(request);
        return new Visitor(
                who.map(Identity::user).orElse(""),
                who.map(identity -> identity.role().text()).orElse(""),
                who.map(identity -> identity.may(Permission.TRIAGE)).orElse(false),
                who.map(ScoresPage::shows).orElse(false),
                Guard.csrf(request),
                theme(request),
                cookie(request, DENSITY_COOKIE).equals("compact") ? "compact" : "",
                who.flatMap(Identity::expires));
    }

    private static String cookie(ServerRequest request, String name) {
        return request.headers().cookies().first(name).orElse("");
    }

    private static String theme(ServerRequest request) {
        String chosen = cookie(request, THEME_COOKIE);
        return chosen.equals("light") || chosen.equals("dark") ? chosen : "";
    }

    /// A model with the shell of a page, ready for what the page adds.
    Map<String, Object> model(ServerRequest request, PageHead head) {
        Map<String, Object> model = new HashMap<>();
        OpenCounts open =
                Guard.find(request).map(alerts::open).orElseGet(() -> new OpenCounts(Map.of()));
        Visitor visitor = visitor(request);
        model.put(
                "shell",
                Shell.of(head, visitor, assets, open, views.of(visitor.user()), here(request)));
        model.put("at", at());
        return model;
    }

    /// The address of the page that is asked for; after a form there is none to come back to.
    private static String here(ServerRequest request) {
        if (!request.prologue().method().equals(Method.GET)) {
            return "/";
        }
        String query = request.query().rawValue();
        return SafePath.of(request.path().rawPath() + (query.isEmpty() ? "" : "?" + query));
    }

    /// A model for a page without navigation.
    Map<String, Object> bareModel(ServerRequest request, String title) {
        Map<String, Object> model = new HashMap<>();
        model.put("shell", Shell.bare(title, visitor(request), assets));
        return model;
    }

    /// Where the alert index stands. Asked before anything is read from it, so that a subscription
    /// from here misses nothing; what comes twice is recognised by its id and version.
    OverviewModel.At at() {
        long offset = alerts.appliedOffset();
        String epoch = hub.channel(Channel.ALERTS).map(ChannelInfo::epoch).orElse("");
        return new OverviewModel.At(epoch, offset, now().toEpochMilli());
    }

    /// Whether any sensor has ever sent an event.
    boolean started() {
        return SENSOR_CHANNELS.stream()
                .anyMatch(name -> hub.channel(name).map(ChannelInfo::tail).orElse(0L) > 0);
    }

    /// A page and the part of it that its script fetches again.
    record Shown(String template, String fragment) {}

    /// Whether only the part is asked for.
    static boolean part(ServerRequest request) {
        return target(request).equals(BOX);
    }

    /// Answers with a page; with the part of it that htmx asks for; or with the first of its
    /// `sheets` as a file, when the parameter `format` says so.
    void show(
            ServerRequest request,
            ServerResponse response,
            Shown shown,
            Map<String, Object> model) {
        Optional<SheetExport> format = format(request);
        if (format.isPresent() && model.get("sheets") instanceof List<?> sheets) {
            export(request, response, format.get(), (Sheet) sheets.getFirst());
        } else if (part(request)) {
            fragment(request, response, shown.template(), shown.fragment(), model);
        } else {
            page(request, response, shown.template(), model);
        }
    }

    /// As which file a table is asked for.
    ///
    /// @throws Problem 400 when there is no such kind of file
    private static Optional<SheetExport> format(ServerRequest request) {
        return parameters(request)
                .apply(FORMAT)
                .map(key ->
                        SheetExport.parse(key)
                                .orElseThrow(() ->
                                        Problem.badRequest(
                                                "format: \""
                                                        + Visible.of(key)
                                                        + "\" is none: use csv or json")));
    }

    /// What is wrong with a filter, and where.
    static String problem(FilterException e) {
        return "Column " + e.column() + ": " + Visible.of(String.valueOf(e.getMessage()));
    }

    /// A page can say what is wrong with its filter and show everything; a file cannot.
    ///
    /// @throws Problem 400 when a file is asked for
    static void refuseFile(ServerRequest request, String problem) {
        if (parameters(request).apply(FORMAT).isPresent()) {
            throw Problem.badRequest("filter: " + problem);
        }
    }

    private void export(
            ServerRequest request, ServerResponse response, SheetExport format, Sheet sheet) {
        Guard.handsOut(request, "export of the table " + sheet.id() + " as " + format.key());
        String part = sheet.cut() ? "-first-" + sheet.lines().size() : "";
        String file =
                "netsentinel-" + sheet.id() + part + "-" + now().truncatedTo(ChronoUnit.SECONDS);
        response.header(HeaderNames.CONTENT_TYPE, format.type())
                .header(
                        HeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\""
                                + file.replaceAll("[^A-Za-z0-9-]", "")
                                + "."
                                + format.key()
                                + "\"")
                .send(format.write(sheet).getBytes(StandardCharsets.UTF_8));
    }

    /// Sends a page that holds a secret: as it is, for how well something can be compressed tells
    /// what is in it.
    void page(ServerResponse response, String template, Map<String, Object> model) {
        html(response, templates.render(template, model));
    }

    /// Sends a page, compressed where the browser takes that.
    void page(
            ServerRequest request,
            ServerResponse response,
            String template,
            Map<String, Object> model) {
        compressed(request, response, templates.render(template, model));
    }

    /// Sends one fragment of a template, compressed where the browser takes that.
    void fragment(
            ServerRequest request,
            ServerResponse response,
            String template,
            String name,
            Map<String, Object> model) {
        compressed(request, response, fragment(template, name, model));
    }

    /// Renders one fragment of a template.
    String fragment(String template, String name, Map<String, Object> model) {
        return templates.render(template, Set.of(name), model);
    }

    String render(String template, Map<String, Object> model) {
        return templates.render(template, model);
    }

    private static void html(ServerResponse response, String html) {
        response.header(HeaderNames.CONTENT_TYPE, HTML).send(html);
    }

    /// The one secret of a page, the session's CSRF token, is written differently each time
    /// (docs/adr/0041).
    private static void compressed(ServerRequest request, ServerResponse response, String html) {
        response.header(HeaderNames.VARY, "Accept-Encoding");
        if (html.length() < WORTH_IT || !Assets.accepts(request, "gzip")) {
            html(response, html);
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(html.length() / 4);
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(html.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        response.header(HeaderNames.CONTENT_TYPE, HTML)
                .header(HeaderNames.CONTENT_ENCODING, "gzip")
                .send(bytes.toByteArray());
    }

    /// Answers a form: with htmx by a short message, without it by the page to go back to.
    void answer(ServerRequest request, ServerResponse response, String back, Toast toast) {
        if (target(request).equals(TOASTS)) {
            html(response, fragment("parts", "toast", Map.of("toast", toast)));
        } else {
            redirect(response, back);
        }
    }

    /// Answers a form whose outcome must be known: with htmx by a short message, without it by a
    /// page that says it.
    void tell(ServerRequest request, ServerResponse response, String back, String outcome) {
        if (target(request).equals(TOASTS)) {
            answer(request, response, back, Toast.done(outcome));
            return;
        }
        Map<String, Object> model = model(request, PageHead.of("Done", back));
        model.put("outcome", outcome);
        model.put("back", back);
        page(response, "outcome", model);
    }

    /// A change that is to be stored.
    ///
    /// @throws Problem 503 when nothing can be stored for now
    static <T> T stored(Supplier<T> change) {
        try {
            return change.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageDegradedException
                    || e.getCause() instanceof QueueFullException) {
                throw Problem.unavailable(
                        "nothing can be stored for now; nothing was changed",
                        Duration.ofSeconds(5));
            }
            throw e;
        }
    }

    /// Sends a browser on after a form.
    static void redirect(ServerResponse response, String path) {
        response.status(303).header(HeaderNames.LOCATION, path).send();
    }

    /// The parameters of the address by name, empty when one is absent.
    static Function<String, Optional<String>> parameters(ServerRequest request) {
        return name ->
                request.query().contains(name)
                        ? Optional.of(request.query().get(name))
                        : Optional.empty();
    }

    /// What htmx says it will put the answer into, such as `aside#drawer`; empty for a plain
    /// browser.
    static String target(ServerRequest request) {
        return header(request, "HX-Target");
    }

    static String header(ServerRequest request, String name) {
        return request.headers().first(HeaderNames.create(name)).orElse("");
    }
}
