package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.sink.NotificationRunner;
import io.netsentinel.integrations.sink.format.EventWords;
import io.netsentinel.integrations.spi.SinkRecord;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A batch as a mail (RFC 5322, RFC 2045): plain text. Whatever an event says stands in Base64, in
/// the subject too, so it can neither end a header nor begin one.
///
/// @param sink the sink's name
record EmailMessage(String sink, String from, List<String> to) {
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");
    private static final int LONGEST_SUBJECT = 120;
    private static final int LONGEST_LINE = 500;
    private static final int WORD = 39;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

    EmailMessage {
        to = List.copyOf(to);
    }

    /// @throws IllegalArgumentException when a text is no address
    static String address(String option, String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    option
                            + ": expected an address such as soc@example.org, found \""
                            + text
                            + "\"");
        }
        return text;
    }

    /// The whole mail.
    ///
    /// @throws io.netsentinel.events.MalformedEventException when a record is no event
    String of(List<SinkRecord> batch) {
        StringBuilder mail = new StringBuilder(2_048);
        header(
                mail,
                "Date",
                ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.RFC_1123_DATE_TIME));
        header(mail, "From", "<" + from + ">");
        header(mail, "To", String.join(",\r\n ", to.stream().map(one -> "<" + one + ">").toList()));
        header(mail, "Subject", encoded(subject(batch)));
        // the same when it is sent again
        SinkRecord first = batch.getFirst();
        header(
                mail,
                "Message-ID",
                "<%s.%d.%s@netsentinel>".formatted(first.id(), batch.size(), sink));
        header(mail, "Auto-Submitted", "auto-generated");
        header(mail, "MIME-Version", "1.0");
        header(mail, "Content-Type", "text/plain; charset=UTF-8");
        header(mail, "Content-Transfer-Encoding", "base64");
        mail.append("\r\n").append(LINES.encodeToString(body(batch).getBytes(UTF_8)));
        return mail.append("\r\n").toString();
    }

    private static void header(StringBuilder mail, String name, String value) {
        mail.append(name).append(": ").append(value).append("\r\n");
    }

    private static String subject(List<SinkRecord> batch) {
        Event first = batch.getFirst().event();
        String name = Visible.characters(EventWords.name(first));
        String what =
                batch.size() == 1 || summary(first)
                        ? name
                        : name + " and " + (batch.size() - 1) + " more";
        return "[NetSentinel] " + what.substring(0, Math.min(what.length(), LONGEST_SUBJECT));
    }

    private static boolean summary(Event event) {
        return event.text(Fields.EVENT_DATASET).equals(NotificationRunner.DATASET);
    }

    /// Encoded words (RFC 2047) of at most 75 characters, none of which splits a character.
    private static String encoded(String text) {
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        for (int c : text.codePoints().toArray()) {
            String next = Character.toString(c);
            if ((word + next).getBytes(UTF_8).length > WORD) {
                append(words, word);
            }
            word.append(next);
        }
        append(words, word);
        return words.toString();
    }

    private static void append(StringBuilder words, StringBuilder word) {
        words.append(words.isEmpty() ? "" : "\r\n ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(word.toString().getBytes(UTF_8)))
                .append("?=");
        word.setLength(0);
    }

    private static String body(List<SinkRecord> batch) {
        StringBuilder text = new StringBuilder(1_024);
        batch.forEach(record -> event(text, record));
        return text.toString().replace("\n", "\r\n");
    }

    private static void event(StringBuilder text, SinkRecord record) {
        Event event = record.event();
        if (summary(event)) {
            line(text, "", event.text(Fields.MESSAGE));
            line(text, "from ", event.text("ns.notification.from"));
            line(text, "to   ", event.text("ns.notification.to"));
            text.append('\n');
            return;
        }
        line(
                text,
                event.severity().text().toUpperCase(Locale.ROOT) + " " + event.score() + " ",
                EventWords.name(event));
        line(text, "  time    ", EventWords.time(record, event).toString());
        line(text, "  from    ", end(event, Fields.SOURCE_IP, Fields.SOURCE_PORT));
        line(text, "  to      ", end(event, Fields.DESTINATION_IP, Fields.DESTINATION_PORT));
        line(text, "  sensor  ", event.text(Fields.OBSERVER_NAME));
        line(text, "  event   ", event.text(Fields.ID) + " on " + record.channel());
        text.append('\n');
    }

    private static String end(Event event, String ip, String port) {
        String number = event.text(port);
        return event.text(ip) + (number.isEmpty() ? "" : " port " + number);
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isBlank()) {
            String visible = Visible.characters(value);
            text.append(name)
                    .append(visible, 0, Math.min(visible.length(), LONGEST_LINE))
                    .append('\n');
        }
    }
}
