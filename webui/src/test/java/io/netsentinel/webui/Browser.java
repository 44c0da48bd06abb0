package io.netsentinel.webui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of a browser as forms and cookies need: no script, no redirect on its own.
final class Browser {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final int port;
    private final Map<String, String> cookies = new TreeMap<>();

    Browser(int port) {
        this.port = port;
    }

    /// What came back.
    ///
    /// @param length bytes of the body as it came
    record Reply(int status, Map<String, String> headers, String body, int length) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    Browser cookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    Reply get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /// Sends a form as a page without script does: name, value, name, value …
    Reply submit(String path, String... fields) {
        return post(path, form(fields));
    }

    /// Sends a form as htmx does for a button of a page.
    Reply press(String path, String... fields) {
        return post(
                path,
                form(fields),
                "HX-Request: true",
                "HX-Target: div#toasts",
                "X-CSRF-Token: " + csrf());
    }

    /// The token that the pages of this session carry.
    String csrf() {
        Matcher matcher = CSRF.matcher(get("/account").body());
        return matcher.find() ? matcher.group(1) : "";
    }

    static String form(String... fields) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return String.join("&", pairs);
    }

    private Reply post(String path, String form, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type: application/x-www-form-urlencoded";
        all[headers.length + 1] = "Origin: http://localhost:" + port;
        return send("POST", path, form, all);
    }

    private Reply send(String method, String path, String body, String... headers) {
        StringBuilder request =
                new StringBuilder(
                        method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n");
        request.append("Accept: text/html\r\nConnection: close\r\n");
        if (!cookies.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            cookies.forEach((name, value) -> pairs.add(name + "=" + value));
            request.append("Cookie: ").append(String.join("; ", pairs)).append("\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (method.equals("POST")) {
            request.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        request.append("\r\n").append(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return parse(socket.getInputStream());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    private Reply parse(InputStream in) throws IOException {
        byte[] all = in.readAllBytes();
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            String value = lines[i].substring(colon + 1).trim();
            headers.put(name, value);
            if (name.equals("set-cookie")) {
                String pair = value.split(";", 2)[0];
                cookies.put(
                        pair.substring(0, pair.indexOf('=')),
                        pair.substring(pair.indexOf('=') + 1));
            }
        }
        byte[] body = Arrays.copyOfRange(all, end + 4, all.length);
        byte[] plain =
                headers.getOrDefault("transfer-encoding", "").equals("chunked")
                        ? unchunk(body)
                        : body;
        return new Reply(
                Integer.parseInt(lines[0].split(" ", 3)[1]),
                headers,
                new String(plain, StandardCharsets.UTF_8),
                plain.length);
    }

    private static byte[] unchunk(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int line = at;
            while (body[line] != '\r') {
                line++;
            }
            int length =
                    Integer.parseInt(
                            new String(body, at, line - at, StandardCharsets.US_ASCII)
                                    .split(";", 2)[0],
                            16);
            if (length == 0) {
                return out.toByteArray();
            }
            out.write(body, line + 2, length);
            at = line + 2 + length + 2;
        }
    }
}
