package io.netsentinel.webui;

import io.netsentinel.detection.GroupBy;
import io.netsentinel.detection.Status;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.events.Severity;
import io.netsentinel.transport.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The address of the alerts page as a form gives it, to do something to all that it shows. A page
/// leaves out what it does not understand and shows more; here that would do more than was meant,
/// so nothing is left out.
final class GivenView {
    private static final String PATH = "/alerts";

    private GivenView() {}

    /// @throws Problem 400 when any of it is not understood
    static AlertsView parse(String href) {
        if (href.equals(PATH)) {
            return AlertsView.DEFAULT;
        }
        if (!href.startsWith(PATH + "?")) {
            throw refused("\"" + Visible.of(href) + "\" is no address of the page /alerts");
        }
        Map<String, String> parameters = new HashMap<>();
        for (String pair : href.substring(PATH.length() + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            check(name, value);
            if (parameters.put(name, value) != null) {
                throw refused("\"" + name + "\" is given twice");
            }
        }
        if (parameters.containsKey("from") != parameters.containsKey("to")) {
            throw refused("\"from\" and \"to\" go together");
        }
        return AlertsView.parse(name -> Optional.ofNullable(parameters.get(name)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw refused("\"" + Visible.of(text) + "\" is not percent-encoded as it should be");
        }
    }

    private static void check(String name, String value) {
        boolean known =
                switch (name) {
                    case "severity" -> all(value, word -> Severity.parse(word).isPresent());
                    case "status" ->
                            value.equals("all")
                                    || all(value, word -> Status.parse(word).isPresent());
                    case "q" -> value.strip().length() <= AlertsView.MAX_TEXT;
                    case "filter" -> filter(value.strip());
                    case "range" ->
                            TimeRange.parse(value).filter(AlertsView.RANGES::contains).isPresent();
                    case "from", "to" -> Window.moment(value).isPresent();
                    case "sort" -> value.equals("severity");
                    case "group" -> GroupBy.parse(value).isPresent();
                    case "before", "alert" -> true;
                    default -> throw refused("\"" + Visible.of(name) + "\" is no parameter of it");
                };
        if (!known) {
            throw refused(name + " cannot be \"" + Visible.of(value) + "\"");
        }
    }

    private static boolean all(String list, Predicate<String> known) {
        return List.of(list.split(",", -1)).stream().allMatch(known);
    }

    private static boolean filter(String text) {
        try {
            if (!text.isEmpty()) {
                Filter.parse(text);
            }
            return true;
        } catch (FilterException e) {
            throw refused(
                    "filter, column "
                            + e.column()
                            + ": "
                            + Visible.of(String.valueOf(e.getMessage())));
        }
    }

    private static Problem refused(String why) {
        return Problem.badRequest("view: " + why + "; nothing was changed");
    }
}
