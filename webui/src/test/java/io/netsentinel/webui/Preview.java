package io.netsentinel.webui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Renders every page with made-up data into `target/preview`, to look at while working on them:
/// `node build/preview.js` serves the folder under the real security policy.
final class Preview {
    private Preview() {}

    public static void main(String[] arguments) throws IOException {
        Path folder =
                Files.createDirectories(
                        Path.of(arguments.length > 0 ? arguments[0] : "target/preview"));
        AssetIndex assets = AssetIndex.load();
        Files.writeString(folder.resolve("version"), assets.version());
        for (String theme : new String[] {"dark", "light"}) {
            for (Map.Entry<String, String> page : pages(theme, assets).entrySet()) {
                Files.writeString(
                        folder.resolve(page.getKey() + "-" + theme + ".html"), page.getValue());
            }
        }
    }

    /// Every page by name.
    static Map<String, String> pages(String theme, AssetIndex assets) {
        Templates templates = new Templates();
        Map<String, String> pages = new HashMap<>();
        pages.put("overview", templates.render("overview", Samples.overview(theme, assets)));
        pages.put(
                "overview-start",
                templates.render("overview", start(Samples.overview(theme, assets))));
        pages.put(
                "alerts",
                templates.render("alerts", Samples.alerts(theme, assets, Optional.empty(), 200)));
        pages.put(
                "alerts-drawer",
                templates.render(
                        "alerts",
                        Samples.alerts(theme, assets, Optional.of(Samples.alert(6)), 200)));
        pages.put(
                "alerts-empty",
                templates.render("alerts", Samples.alerts(theme, assets, Optional.empty(), 0)));
        pages.put(
                "alerts-start",
                templates.render(
                        "alerts", start(Samples.alerts(theme, assets, Optional.empty(), 0))));
        pages.put(
                "alert",
                templates.render(
                        "alert",
                        alone(Samples.alerts(theme, assets, Optional.of(Samples.alert(6)), 0))));
        pages.put("account", templates.render("account", account(theme, assets)));
        pages.put("login", templates.render("login", login(theme, assets)));
        pages.put("error", templates.render("error", error(theme, assets)));
        return pages;
    }

    private static Map<String, Object> start(Map<String, Object> model) {
        model.put("start", true);
        model.put("commands", StartCommands.of("192.0.2.10:8082", false));
        return model;
    }

    private static Map<String, Object> alone(Map<String, Object> model) {
        return model;
    }

    private static Map<String, Object> account(String theme, AssetIndex assets) {
        Map<String, Object> model = new HashMap<>();
        Visitor visitor = Samples.visitor(theme);
        model.put("shell", Samples.shell(PageHead.of("Account", "/account"), theme, assets));
        model.put("at", new OverviewModel.At("", 0, Samples.NOW.toEpochMilli()));
        model.put(
                "notice",
                new AccountModel.Notice(
                        "The password is changed. Other sessions of yours have ended.", "good"));
        model.put("account", AccountModel.of(visitor, ""));
        return model;
    }

    private static Map<String, Object> login(String theme, AssetIndex assets) {
        Map<String, Object> model = new HashMap<>();
        model.put("shell", Shell.bare("Sign in", Samples.visitor(theme), assets));
        model.put(
                "login",
                new LoginModel(
                        "User name or password is wrong.",
                        "admin",
                        "/alerts",
                        "initial-admin-password",
                        "Example & Sons",
                        "%2Falerts",
                        true,
                        false));
        return model;
    }

    private static Map<String, Object> error(String theme, AssetIndex assets) {
        Map<String, Object> model = new HashMap<>();
        model.put("shell", Shell.bare("Not found", Samples.visitor(theme), assets));
        model.put(
                "problem",
                ErrorModel.of(404, "Nothing here", "There is no page at this address.", ""));
        return model;
    }
}
