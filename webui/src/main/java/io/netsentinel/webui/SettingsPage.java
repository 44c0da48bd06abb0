package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.integrations.NotificationOutline;
import io.netsentinel.integrations.Notifications;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.EffectiveSettings;
import io.netsentinel.transport.EffectiveSettings.Setting;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Deed;
import io.netsentinel.webui.Sheet.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `/settings`, for administrators: the configuration in force with where each value comes from,
/// what can be changed while the server runs and where, the notifications with a test of each, and
/// the removal of personal data.
final class SettingsPage {
    private static final int LONGEST = 100;

    /// What is not in the file, and the page that changes it.
    private static final List<List<String>> WHILE_RUNNING =
            List.of(
                    List.of("Sources, sinks: pause, go on", "/integrations", "Integrations"),
                    List.of("Users, roles, tokens, sessions", "/users", "Users"),
                    List.of("What is suppressed and escalated", "/rules", "Rules"),
                    List.of("Who is connected", "/connections", "Connections"),
                    List.of("What is known of a person", "/settings#purge", "Below"),
                    List.of("Your theme, density, notifications", "/account", "Account"));

    private final Web web;
    private final Optional<EffectiveSettings> settings;
    private final Optional<Notifications> notifications;
    private final Optional<PurgePages> purges;

    SettingsPage(Web web, Services services) {
        this.web = web;
        this.settings = services.find(EffectiveSettings.class);
        this.notifications = services.find(Notifications.class);
        this.purges = PurgePages.of(web, services);
    }

    void routes(Routes routes) {
        routes.get("/settings", Access.ADMIN_PAGE, this::show)
                .post("/settings/notify", Access.ADMIN, this::notification);
        purges.ifPresent(pages -> pages.routes(routes));
    }

    private void show(ServerRequest request, ServerResponse response) {
        String given = Web.parameters(request).apply("q").orElse("").strip();
        String text = given.length() <= LONGEST ? given : given.substring(0, LONGEST);
        Map<String, Object> model = web.model(request, PageHead.of("Settings", "/settings"));
        SheetPages.put(model, sheets(text), "");
        model.put("purges", text.isEmpty() && purges.isPresent());
        model.put("search", true);
        model.put("example", "retention");
        model.put("path", "/settings");
        model.put("filter", Visible.of(text));
        web.show(request, response, SheetPages.SHOWN, model);
    }

    private List<Sheet> sheets(String text) {
        List<Setting> all =
                settings.map(EffectiveSettings::sections).orElse(List.of()).stream()
                        .flatMap(section -> section.settings().stream())
                        .toList();
        List<Sheet> sheets = new ArrayList<>();
        List<Setting> given = all.stream().filter(Setting::given).toList();
        sheets.add(
                sheet(
                        "given",
                        "Set by you",
                        matching(given, text),
                        "Nothing is set",
                        "Everything has its default."));
        if (text.isEmpty()) {
            notifications.ifPresent(some -> sheets.add(targets(some.outlines())));
            sheets.add(whileRunning());
        }
        for (EffectiveSettings.Section section :
                settings.map(EffectiveSettings::sections).orElse(List.of())) {
            List<Setting> rest = section.settings().stream().filter(one -> !one.given()).toList();
            List<Setting> shown = matching(rest, text);
            if (!shown.isEmpty()) {
                sheets.add(sheet(id(section.title()), section.title(), shown, "", ""));
            }
        }
        if (text.isEmpty()) {
            purges.ifPresent(pages -> sheets.add(pages.sheet()));
        }
        return sheets;
    }

    private static String id(String title) {
        return "set-" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static List<Setting> matching(List<Setting> all, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(one ->
                        (one.name() + " " + one.help()).toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }

    private static Sheet sheet(
            String id, String title, List<Setting> settings, String none, String hint) {
        return new Sheet(
                id,
                title,
                Numbers.count(settings.size(), "key"),
                List.of(
                        new Column("Key", "mono"),
                        new Column("Value", "mono"),
                        new Column("Comes from", ""),
                        new Column("Default", "mono"),
                        new Column("What it does", "wide")),
                settings.stream().map(SettingsPage::line).toList(),
                none,
                hint);
    }

    private static Line line(Setting one) {
        return new Line(
                "key-" + one.name(),
                List.of(
                        Cell.mono(one.name()),
                        Cell.mono(one.value().isEmpty() ? "–" : one.value()),
                        Cell.of(one.origin()),
                        Cell.mono(one.fallback().isEmpty() ? "–" : one.fallback()),
                        Cell.wide(one.help().replace("`", ""))),
                List.of());
    }

    private static Sheet targets(List<NotificationOutline> all) {
        return new Sheet(
                "notifications",
                "Notifications",
                Numbers.count(all.size(), "notification"),
                List.of(
                        new Column("Name", ""),
                        new Column("Kind", ""),
                        new Column("Target", "wide"),
                        new Column("State", ""),
                        new Column("Sent", "num"),
                        new Column("Last error", "wide")),
                all.stream()
                        .map(one ->
                                new Line(
                                        "nt-" + one.name(),
                                        List.of(
                                                Cell.of(one.name()),
                                                Cell.of(one.kind()),
                                                Cell.wide(one.target()),
                                                Cell.of(one.state()),
                                                Cell.number(one.sent()),
                                                Cell.wide(one.lastError())),
                                        List.of(
                                                new Deed(
                                                        "/settings/notify",
                                                        "Send a test",
                                                        "name",
                                                        one.name()))))
                        .toList(),
                "No notification is set up",
                "Set notifications.NAME.kind in the file, or POST /api/notifications while the server runs.");
    }

    private static Sheet whileRunning() {
        return new Sheet(
                "running",
                "Changed while the server runs",
                "every other key: change the file and start the server again",
                List.of(new Column("What", "wide"), new Column("Where", "")),
                WHILE_RUNNING.stream()
                        .map(one ->
                                new Line(
                                        "at" + one.get(1).replace('/', '-'),
                                        List.of(
                                                Cell.wide(one.get(0)),
                                                Cell.of(one.get(2)).toPage(one.get(1))),
                                        List.of()))
                        .toList(),
                "",
                "");
    }

    private void notification(ServerRequest request, ServerResponse response) {
        String name = Forms.read(request).first("name");
        String user = Guard.identity(request).user();
        Optional<String> problem =
                notifications
                        .map(all -> all.test(name, user))
                        .orElse(Optional.of("this server has no notifications"));
        Toast toast =
                problem.map(text ->
                                Toast.problem(
                                        "The test did not get through: " + Visible.of(text) + "."))
                        .orElseGet(() -> Toast.done("The target has taken a test message."));
        web.answer(request, response, "/settings", toast);
    }
}
