package io.netsentinel.integrations.sink.format;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.spi.SinkRecord;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A batch as a message for people: a line for each event, the first ten of them. What an event
/// says is text there and nothing else.
public final class ChatText {
    private static final int MOST = 10;
    private static final int LONGEST = 150;
    private static final String MARKS = "\\`*_~|<>[]()#@:";

    private ChatText() {}

    /// For Slack and Mattermost, whose own escapes are those of HTML.
    public static String slack(List<SinkRecord> batch) {
        return lines(batch, ChatText::slack);
    }

    /// For what reads Markdown.
    public static String markdown(List<SinkRecord> batch) {
        return lines(batch, ChatText::markdown);
    }

    private static String lines(List<SinkRecord> batch, UnaryOperator<String> escape) {
        String text =
                batch.stream()
                        .limit(MOST)
                        .map(record -> line(record.event(), escape))
                        .collect(Collectors.joining("\n"));
        return batch.size() > MOST ? text + "\n… and " + (batch.size() - MOST) + " more" : text;
    }

    private static String line(Event event, UnaryOperator<String> escape) {
        StringBuilder line = new StringBuilder(256);
        line.append(event.severity().text().toUpperCase(Locale.ROOT));
        if (event.score() > 0) {
            line.append(' ').append(event.score());
        }
        line.append(' ').append(escape.apply(cut(EventWords.name(event))));
        String source = end(event, Fields.SOURCE_IP, Fields.SOURCE_PORT);
        String destination = end(event, Fields.DESTINATION_IP, Fields.DESTINATION_PORT);
        if (!source.isEmpty() || !destination.isEmpty()) {
            line.append(", ").append(escape.apply(cut(source + " → " + destination)));
        }
        String sensor = event.text(Fields.OBSERVER_NAME);
        if (!sensor.isEmpty()) {
            line.append(", ").append(escape.apply(cut(sensor)));
        }
        return line.toString();
    }

    private static String end(Event event, String ip, String port) {
        String address = event.text(ip);
        String number = event.text(port);
        return number.isEmpty() ? address : address + " port " + number;
    }

    private static String cut(String text) {
        String visible = Visible.characters(text);
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST - 1) + "…";
    }

    static String slack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// A backslash before everything that means something in Markdown.
    static String markdown(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (MARKS.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
