package io.netsentinel.webui;

import io.netsentinel.detection.OpenCounts;
import io.netsentinel.events.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What stands around every page.
///
/// @param title for the browser's tab
/// @param heading of the page
/// @param path of the page, without its query
/// @param theme `light` or `dark` when chosen, empty to follow the system
/// @param density `compact` when chosen, empty for the usual
/// @param assets where the assets of this build are, without a `/` at the end
/// @param modules scripts worth loading at once
/// @param user who is signed in, empty for nobody
/// @param triage whether that user may change alerts
/// @param csrf what forms of this session must carry
/// @param headers the same as headers for htmx
/// @param nav the pages
/// @param admin the pages for administrators, empty for others
/// @param account the page of the user
/// @param open how many alerts wait, for the navigation
/// @param hot whether one of them is critical
/// @param query what stands in the search field
/// @param kept what the range form must carry along
/// @param window what the form for the time offers
/// @param views what the user has saved
/// @param here the address of the page, for saving it
record Shell(
        String title,
        String heading,
        String path,
        String theme,
        String density,
        String assets,
        List<String> modules,
        String user,
        boolean triage,
        String csrf,
        String headers,
        List<NavItem> nav,
        List<NavItem> admin,
        NavItem account,
        String open,
        boolean hot,
        String query,
        List<Kept> kept,
        Window.Form window,
        List<SavedView> views,
        String here) {

    /// A link of the navigation.
    ///
    /// @param key the letter after `g`
    /// @param counted whether the number of open alerts stands beside it
    record NavItem(
            String href, String label, String icon, String key, boolean current, boolean counted) {}

    /// A hidden field.
    record Kept(String name, String value) {}

    /// A shell for pages without navigation: sign-in and errors.
    static Shell bare(String title, Visitor visitor, AssetIndex assets) {
        return new Shell(
                title,
                title,
                "/",
                visitor.theme(),
                visitor.density(),
                assets.base(),
                List.of(),
                "",
                false,
                "",
                "{}",
                List.of(),
                List.of(),
                item("", "", "", "", "/"),
                "",
                false,
                "",
                List.of(),
                Window.Form.NONE,
                List.of(),
                "");
    }

    /// A shell with navigation.
    ///
    /// @param views what the user has saved
    /// @param here the address of the page
    static Shell of(
            PageHead head,
            Visitor visitor,
            AssetIndex assets,
            OpenCounts open,
            List<SavedView> views,
            String here) {
        return new Shell(
                head.title(),
                head.heading(),
                head.path(),
                visitor.theme(),
                visitor.density(),
                assets.base(),
                assets.modules(),
                visitor.user(),
                visitor.triage(),
                visitor.csrf(),
                "{\"X-CSRF-Token\":\"" + visitor.csrf() + "\"}",
                pages(visitor, head.path()),
                visitor.admin() ? administration(head.path()) : List.of(),
                item("/account", visitor.user(), "account", "c", head.path()),
                Numbers.whole(open.total()),
                open.of(Severity.CRITICAL) > 0,
                head.query(),
                head.kept(),
                head.window(),
                views,
                here);
    }

    private static List<NavItem> pages(Visitor visitor, String path) {
        return Stream.of(
                        item("/", "Overview", "overview", "o", path),
                        item("/alerts", "Alerts", "alerts", "a", path),
                        item("/incidents", "Incidents", "incidents", "i", path),
                        item("/scores", "Threat scores", "scores", "b", path),
                        item("/map", "Threat map", "map", "m", path),
                        item("/topology", "Topology", "topology", "t", path),
                        item("/network", "Network", "network", "f", path),
                        item("/logs", "Logs", "logs", "l", path),
                        item("/honeypot", "Honeypot", "honeypot", "y", path),
                        item("/health", "Health", "health", "v", path))
                .filter(page -> visitor.scores() || !page.href().equals("/scores"))
                .toList();
    }

    private static List<NavItem> administration(String path) {
        return List.of(
                item("/integrations", "Integrations", "integrations", "n", path),
                item("/connections", "Connections", "connections", "w", path),
                item("/channels", "Channels", "channels", "h", path),
                item("/queues", "Queues", "queues", "q", path),
                item("/stats", "Stats", "stats", "s", path),
                item("/rules", "Rules", "rules", "r", path),
                item("/users", "Users", "users", "u", path),
                item("/settings", "Settings", "settings", "e", path),
                item("/audit", "Audit", "audit", "d", path));
    }

    /// Pages whose table can be had as a file.
    private static final Set<String> EXPORTED =
            Set.of(
                    "/",
                    "/alerts",
                    "/scores",
                    "/map",
                    "/network",
                    "/honeypot",
                    "/logs",
                    "/health",
                    "/stats",
                    "/integrations",
                    "/connections",
                    "/channels",
                    "/queues",
                    "/rules",
                    "/users",
                    "/settings",
                    "/audit");

    /// Whether the page is the guide.
    boolean guide() {
        return path.equals("/guide");
    }

    /// The same page up to now.
    String nowHref() {
        Href href = Href.of(path);
        for (Kept one : kept) {
            href = href.with(one.name(), one.value());
        }
        return href.text();
    }

    /// Whether the table of the page can be had as a file.
    boolean exports() {
        return EXPORTED.contains(path);
    }

    /// Where it is CSV.
    String csv() {
        return export(SheetExport.CSV);
    }

    /// Where it is JSON.
    String json() {
        return export(SheetExport.JSON);
    }

    private String export(SheetExport format) {
        return here + (here.contains("?") ? "&" : "?") + "format=" + format.key();
    }

    /// Whether there are pages for administrators.
    boolean administers() {
        return !admin.isEmpty();
    }

    private static NavItem item(String href, String label, String icon, String key, String path) {
        boolean current = href.equals("/") ? path.equals("/") : path.startsWith(href);
        return new NavItem(href, label, "#i-" + icon, key, current, href.equals("/alerts"));
    }
}
