package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.transport.ServerSettings.Names;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProxyTest {
    private static final String FOR = "X-Forwarded-For: ";

    @TempDir Path directory;

    @Test
    void what_a_stranger_says_about_where_it_comes_from_is_not_believed() {
        try (TestServer server = new TestServer(directory)) {
            assertThat(server.raw().get("/api/test/address", FOR + "192.0.2.1").body())
                    .isEqualTo("127.0.0.1");
            assertThat(
                            server.raw()
                                    .get(
                                            "/health/live",
                                            "Host: evil.example",
                                            "X-Forwarded-Host: localhost")
                                    .status())
                    .isEqualTo(421);
        }
    }

    @Test
    void of_a_chain_the_last_address_that_is_no_proxy_counts() {
        try (TestServer server = behind(List.of("127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32"))) {
            assertThat(address(server, "192.0.2.1")).isEqualTo("192.0.2.1");
            assertThat(address(server, "198.51.100.1, 192.0.2.1")).isEqualTo("192.0.2.1");
            assertThat(address(server, "198.51.100.1,192.0.2.1, 10.1.2.3")).isEqualTo("192.0.2.1");
            assertThat(address(server, "192.0.2.1, nonsense")).isEqualTo("127.0.0.1");
            assertThat(address(server, "192.0.2.1, nonsense, 10.0.0.1")).isEqualTo("10.0.0.1");
            assertThat(address(server, "example.com")).isEqualTo("127.0.0.1");
            assertThat(address(server, "2001:db9::1, 2001:db8::5")).startsWith("2001:db9:");
            assertThat(
                            server.raw()
                                    .get("/api/test/address", FOR + "192.0.2.9", FOR + "192.0.2.1")
                                    .body())
                    .isEqualTo("192.0.2.1");
        }
    }

    @Test
    void the_limit_of_sign_ins_counts_the_address_behind_the_proxy() {
        try (TestServer server = behind(List.of("127.0.0.1"))) {
            String wrong = "{\"username\":\"viewer-1\",\"password\":\"wrong password\"}";
            for (int i = 0; i < 5; i++) {
                server.raw().post("/api/login", wrong, FOR + "192.0.2.1");
            }
            assertThat(server.raw().post("/api/login", wrong, FOR + "192.0.2.1").status())
                    .isEqualTo(429);
            assertThat(server.raw().post("/api/login", wrong, FOR + "192.0.2.2").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void the_origin_is_compared_with_the_address_people_use() {
        try (TestServer server = behind(List.of("127.0.0.1"))) {
            TestServer.Browser browser = secureBrowser(server);
            String[] common = {
                browser.cookie(),
                browser.csrf(),
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: soc.example"
            };
            assertThat(post(server, common, "Origin: https://soc.example")).isEqualTo(200);
            assertThat(post(server, common, "Origin: http://soc.example")).isEqualTo(403);
            assertThat(post(server, common, "Origin: https://evil.example")).isEqualTo(403);
        }
    }

    private TestServer behind(List<String> proxies) {
        return new TestServer(
                directory,
                ServerSettings.defaults()
                        .withNames(
                                new Names(
                                        Optional.of(URI.create("https://soc.example")),
                                        List.of(),
                                        List.of(),
                                        proxies)));
    }

    private static TestServer.Browser secureBrowser(TestServer server) {
        return server.browser("analyst-1");
    }

    private static int post(TestServer server, String[] common, String origin) {
        String[] lines = java.util.Arrays.copyOf(common, common.length + 1);
        lines[common.length] = origin;
        return server.raw().post("/api/test/triage", "{}", lines).status();
    }

    private static String address(TestServer server, String chain) {
        return server.raw().get("/api/test/address", FOR + chain).body();
    }
}
