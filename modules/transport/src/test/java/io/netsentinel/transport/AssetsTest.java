package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AssetsTest {
    private static final Map<String, String> FILES =
            Map.of(
                    "app.css", "body{}",
                    "app.3f9a1c2b.js", "plain",
                    "app.3f9a1c2b.js.br", "brotli",
                    "app.3f9a1c2b.js.gz", "gzip",
                    "fonts/inter.woff2", "font",
                    "secret", "nothing wrong with it");

    @TempDir static Path directory;
    private static TestServer server;
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        server =
                new TestServer(
                        directory,
                        ServerSettings.defaults(),
                        (routes, _) ->
                                routes.get(
                                        "/assets/{+path}",
                                        Access.OPEN,
                                        new Assets(AssetsTest::open).handler()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Optional<InputStream> open(String name) {
        ASKED.add(name);
        return Optional.ofNullable(FILES.get(name))
                .map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_file_is_sent_with_its_type() {
        Raw.Reply css = server.raw().get("/assets/app.css");
        assertThat(css.body()).isEqualTo("body{}");
        assertThat(css.header("Content-Type")).isEqualTo("text/css; charset=utf-8");
        assertThat(css.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(server.raw().get("/assets/fonts/inter.woff2").header("Content-Type"))
                .isEqualTo("font/woff2");
        assertThat(server.raw().get("/assets/secret").header("Content-Type"))
                .isEqualTo("application/octet-stream");
    }

    @Test
    void a_name_with_a_digest_may_be_kept_for_ever_and_others_are_asked_for_again() {
        assertThat(server.raw().get("/assets/app.3f9a1c2b.js").header("Cache-Control"))
                .isEqualTo("public, max-age=31536000, immutable");
        Raw.Reply css = server.raw().get("/assets/app.css");
        assertThat(css.header("Cache-Control")).isEqualTo("public, no-cache");
        Raw.Reply again =
                server.raw().get("/assets/app.css", "If-None-Match: " + css.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(css.header("ETag"));
        assertThat(again.header("Content-Security-Policy")).isNotEmpty();
        assertThat(server.raw().get("/assets/app.css", "If-None-Match: \"x\"").status())
                .isEqualTo(200);
    }

    @Test
    void the_compressed_form_is_sent_to_those_who_take_it() {
        String path = "/assets/app.3f9a1c2b.js";
        Raw.Reply brotli = server.raw().get(path, "Accept-Encoding: gzip, deflate, br, zstd");
        assertThat(brotli.body()).isEqualTo("brotli");
        assertThat(brotli.header("Content-Encoding")).isEqualTo("br");
        assertThat(brotli.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(brotli.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(server.raw().get(path, "Accept-Encoding: gzip;q=0.5").body()).isEqualTo("gzip");
        assertThat(server.raw().get(path, "Accept-Encoding: br;q=0, identity").body())
                .isEqualTo("plain");
        assertThat(server.raw().get(path).body()).isEqualTo("plain");
        assertThat(server.raw().get("/assets/app.css", "Accept-Encoding: br").body())
                .isEqualTo("body{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/none.css",
                "/assets/",
                "/assets/../secret",
                "/assets/x/../../secret",
                "/assets/..%2fsecret",
                "/assets/%2e%2e/secret",
                "/assets/%2e%2e%2fsecret",
                "/assets/..\\secret",
                "/assets/.hidden",
                "/assets/fonts/",
                "/assets//secret",
                "/assets/fonts/../secret",
                "/assets/secret%00.css",
                "/assets/%252e%252e/secret",
                "/assets/secret;x=y"
            })
    void nothing_else_is_reached(String path) {
        ASKED.clear();
        Raw.Reply reply = server.raw().get(path);
        assertThat(reply.status()).isIn(200, 400, 404);
        if (reply.status() == 200) {
            // the client's own path, once resolved, named an asset
            assertThat(reply.body()).isEqualTo("nothing wrong with it");
        }
        assertThat(ASKED)
                .allSatisfy(name -> assertThat(name).doesNotContain("..", "\\", "%", "//", "\0"));
    }
}
