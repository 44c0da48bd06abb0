package io.netsentinel.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What targets of sinks speak. Those of Elasticsearch and Splunk are simulations: they do what the
/// real ones do with what this product sends, and nothing else.
final class SinkLanguages {
    private static final Pattern OFFSET = Pattern.compile(" offset=\"(\\d+)\" ");

    private SinkLanguages() {}

    /// Octet counted messages until the sender closes its direction.
    static void syslog(InputStream in, OutputStream out, SinkTarget.Got got) throws IOException {
        for (String length = until(in, ' '); !length.isEmpty(); length = until(in, ' ')) {
            int bytes = Integer.parseInt(length);
            byte[] message = in.readNBytes(bytes);
            Matcher offset = OFFSET.matcher(new String(message, UTF_8));
            if (message.length == bytes && offset.find()) {
                got.add(Long.parseLong(offset.group(1)));
            }
        }
    }

    /// A bulk interface that keeps what it has got by `_id`, and counts only what was new.
    static SinkTarget.Language bulk() {
        Set<String> known = ConcurrentHashMap.newKeySet();
        return http((body, got) -> {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode items = answer.putArray("items");
            String[] lines = body.split("\n", -1);
            for (int i = 0; i + 1 < lines.length; i += 2) {
                String id = HttpApi.parse(lines[i]).path("create").path("_id").asText();
                boolean fresh = known.add(id);
                if (fresh) {
                    got.add(Long.parseLong(id.substring(id.lastIndexOf('-') + 1)));
                }
                items.addObject().putObject("create").put("status", fresh ? 201 : 409);
            }
            return answer.toString();
        });
    }

    /// An event collector.
    static SinkTarget.Language collector() {
        return http((body, got) -> {
            for (String line : body.split("\n", -1)) {
                if (!line.isEmpty()) {
                    JsonNode event = HttpApi.parse(line);
                    got.add(event.path("fields").path("ns_offset").asLong());
                }
            }
            return "{\"text\":\"Success\",\"code\":0}";
        });
    }

    /// A receiver of webhooks.
    static SinkTarget.Language webhook() {
        return http((body, got) -> {
            for (JsonNode event : HttpApi.parse(body).path("events")) {
                got.add(event.path("offset").asLong());
            }
            return "{}";
        });
    }

    /// A receiver of webhooks that keeps the bodies.
    static SinkTarget.Language bodies(Consumer<String> keep) {
        return http((body, _) -> {
            keep.accept(body);
            return "{}";
        });
    }

    private interface Body {
        String answer(String body, SinkTarget.Got got);
    }

    private static SinkTarget.Language http(Body taker) {
        return (in, out, got) -> {
            for (String first = until(in, '\n'); !first.isBlank(); first = until(in, '\n')) {
                int length = 0;
                for (String line = until(in, '\n'); !line.isBlank(); line = until(in, '\n')) {
                    String lower = line.toLowerCase(Locale.ROOT);
                    if (lower.startsWith("content-length:")) {
                        length = Integer.parseInt(lower.substring(15).strip());
                    }
                }
                byte[] body = in.readNBytes(length);
                if (body.length < length) {
                    return;
                }
                byte[] answer = taker.answer(new String(body, UTF_8), got).getBytes(UTF_8);
                String head = "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length + "\r\n\r\n";
                out.write(head.getBytes(UTF_8));
                out.write(answer);
            }
        };
    }

    private static String until(InputStream in, char end) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != end; c = in.read()) {
            text.write(c);
        }
        return text.toString(UTF_8);
    }
}
