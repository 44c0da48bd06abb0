package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser without JavaScript or pictures: keeps cookies, follows redirects, sends forms.
final class PlainBrowser {
    private static final int MOST_REDIRECTS = 10;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(cookies)
                    .build();

    /// What is shown now.
    private HttpResponse<String> page;

    PlainBrowser(URI start) {
        page = fetch(HttpRequest.newBuilder(start).build());
    }

    int status() {
        return page.statusCode();
    }

    URI address() {
        return page.uri();
    }

    /// The page's source, with its character references resolved as far as they matter here.
    String text() {
        return page.body().replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    }

    PlainBrowser go(URI address) {
        page = fetch(HttpRequest.newBuilder(address).build());
        return this;
    }

    /// Follows the first link whose address holds this.
    PlainBrowser follow(String part) {
        return go(address().resolve(first("href=\"([^\"]*" + Pattern.quote(part) + "[^\"]*)\"")));
    }

    /// Sends the first form of the page to where it belongs, with the hidden fields it has.
    PlainBrowser submit(Map<String, String> filled) {
        return send(address().resolve(first("<form[^>]* action=\"([^\"]*)\"")), filled);
    }

    /// Sends a form.
    PlainBrowser send(URI to, Map<String, String> fields) {
        Map<String, String> all = new java.util.LinkedHashMap<>();
        Matcher hidden =
                Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")
                        .matcher(text());
        while (hidden.find()) {
            all.putIfAbsent(hidden.group(1), hidden.group(2));
        }
        all.putAll(fields);
        String body =
                all.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        page =
                fetch(
                        HttpRequest.newBuilder(to)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(body))
                                .build());
        return this;
    }

    private String first(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text());
        if (!found.find()) {
            throw new AssertionError(address() + " has no " + pattern + ": " + text());
        }
        return found.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> fetch(HttpRequest first) {
        HttpRequest request = first;
        for (int hop = 0; hop < MOST_REDIRECTS; hop++) {
            HttpResponse<String> answer = sent(request);
            if (answer.statusCode() / 100 != 3) {
                return answer;
            }
            String location = answer.headers().firstValue("Location").orElseThrow();
            request = HttpRequest.newBuilder(request.uri().resolve(location)).build();
        }
        throw new AssertionError("too many redirects from " + first.uri());
    }

    private HttpResponse<String> sent(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
