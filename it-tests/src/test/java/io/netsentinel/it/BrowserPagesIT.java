package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Pages before the first event, and pages without JavaScript.
@BrowserTest
final class BrowserPagesIT {
    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @Test
    void thePagesSayHowToBeginAndGiveWayToTheFirstEvent() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            Browser browser = browsers.take(server.address());
            browser.open("/login");
            assertThat(browser.text("footer")).contains("initial-admin-password");
            server.signIn(browser, "admin");
            assertThat(browser.text("#main h2")).isEqualTo("No sensor has sent an event yet");
            assertThat(browser.text("#main .start")).contains("--eve").contains("token --name");
            server.write(BrowserAlert.of("The very first"));
            Await.until("the feed", () -> browser.has("#feed a[title='The very first']"));
            assertThat(browser.has("#timeline")).isTrue();
            browser.leave(); // before its server goes, which it would rightly complain about
        }
    }

    @Test
    void everyPageIsCompleteHtmlWithoutJavaScript() {
        try (BrowserServer server = BrowserServer.start(folder);
                HttpClient http =
                        HttpClient.newBuilder()
                                .cookieHandler(new CookieManager())
                                .followRedirects(HttpClient.Redirect.NORMAL)
                                .build()) {
            server.writeAndAwait(BrowserAlert.of("Plain to read"));
            String overview =
                    post(
                            http,
                            server,
                            "/login",
                            "username=admin&next=%2F&password="
                                    + URLEncoder.encode(
                                            server.password("admin"), StandardCharsets.UTF_8));
            assertThat(overview)
                    .contains("Plain to read", "Threat timeline", "sensor-1", "Alerts per minute")
                    .contains("<table>");
            String alerts = get(http, server, "/alerts");
            assertThat(alerts).contains("Plain to read", "203.0.113.77", "Acknowledge selected");
            String id = server.get("/api/alerts").at("/alerts/0/id").asText();
            assertThat(get(http, server, "/alerts/" + id))
                    .contains("Plain to read", "Line as received", "victim.example");
            String csrf = csrf(alerts);
            HttpResponse<byte[]> packed = packed(http, server, "/alerts");
            assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(packed.headers().firstValue("Vary")).hasValue("Accept-Encoding");
            String same = unpacked(packed.body());
            assertThat(same).contains("Plain to read");
            assertThat(csrf(same)).as("the token, written another way").isNotEqualTo(csrf);
            assertThat(packed(http, server, "/account").headers().firstValue("Content-Encoding"))
                    .isEmpty();
            String after =
                    post(
                            http,
                            server,
                            "/alerts/ack",
                            "back=%2Falerts%3Fstatus%3Dall&alert="
                                    + id
                                    + "&_csrf="
                                    + URLEncoder.encode(csrf, StandardCharsets.UTF_8));
            assertThat(after).contains("Ack by admin");
            assertThat(get(http, server, "/account")).contains("Change password", "admin");
        }
    }

    private static String csrf(String page) {
        return page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
    }

    private static HttpResponse<byte[]> packed(HttpClient http, BrowserServer server, String path) {
        return sent(
                http,
                HttpRequest.newBuilder(server.address().resolve(path))
                        .header("Accept-Encoding", "gzip"),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String unpacked(byte[] body) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String get(HttpClient http, BrowserServer server, String path) {
        return send(http, HttpRequest.newBuilder(server.address().resolve(path)));
    }

    private static String post(HttpClient http, BrowserServer server, String path, String form) {
        return send(
                http,
                HttpRequest.newBuilder(server.address().resolve(path))
                        .header("Origin", server.address().toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static String send(HttpClient http, HttpRequest.Builder request) {
        return sent(http, request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static <T> HttpResponse<T> sent(
            HttpClient http, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            HttpResponse<T> answer = http.send(request.header("Accept", "text/html").build(), body);
            assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(200);
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
