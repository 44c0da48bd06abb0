package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.spi.ErrorPage;
import java.util.HashMap;
import java.util.Map;

/// What a person sees when something goes wrong: a page, or a short message when a button of a page
/// asked.
final class ErrorPages implements ErrorPage {
    private final Web web;

    ErrorPages(Web web) {
        this.web = web;
    }

    @Override
    public String html(ServerRequest request, Problem problem) {
        if (Web.target(request).equals("div#toasts")) {
            Map<String, Object> model = new HashMap<>();
            model.put("toast", Toast.problem(sentence(problem)));
            return web.fragment("parts", "toast", model);
        }
        Map<String, Object> model = web.bareModel(request, title(problem));
        model.put(
                "problem",
                ErrorModel.of(
                        problem.status(), title(problem), sentence(problem), reference(problem)));
        return web.render("error", model);
    }

    private static String title(Problem problem) {
        return switch (problem.status()) {
            case 401 -> "Please sign in";
            case 403 -> "Not allowed";
            case 404 -> "Nothing here";
            case 503 -> "Not possible at the moment";
            default -> problem.title();
        };
    }

    private static String sentence(Problem problem) {
        String detail = Visible.of(problem.detail());
        if (detail.isEmpty()) {
            return problem.title() + ".";
        }
        String text = Character.toUpperCase(detail.charAt(0)) + detail.substring(1);
        return text.endsWith(".") ? text : text + ".";
    }

    private static String reference(Problem problem) {
        return String.valueOf(problem.toMap().getOrDefault("reference", ""));
    }
}
