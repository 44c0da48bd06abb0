package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.integrations.TestCertificate;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mail over STARTTLS with a password; the server is ours. `NotificationsIT` does it with another
/// one.
final class EmailSinkTest extends SinkContract.Connected {
    private static final Pattern NUMBER = Pattern.compile("event   id(\\d+) on alerts");

    @TempDir private static Path folder;
    private static KeyStore keys;

    private final SmtpReceiver receiver;

    EmailSinkTest() throws GeneralSecurityException {
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, TestCertificate.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        receiver = new SmtpReceiver(context);
    }

    @BeforeAll
    static void certificates() {
        keys = TestCertificate.make(folder, "server", "dns:localhost").store();
        TestCertificate.make(folder, "other", "dns:localhost");
    }

    @AfterEach
    void away() {
        receiver.close();
    }

    @Override
    Receiver receiver() {
        return receiver;
    }

    private Sink sink(Map<String, Object> more) {
        Map<String, Object> options = new TreeMap<>();
        options.put("url", "smtp://localhost:" + receiver.port());
        options.put("ca", folder.resolve("server.crt"));
        options.put("username", "netsentinel");
        options.put("password", "correct-hörse");
        options.put("from", "netsentinel@example.org");
        options.put("to", List.of("soc@example.org", "boss@example.org"));
        options.put("timeout", Duration.ofSeconds(1));
        options.putAll(more);
        return new EmailSinkFactory().create(new Options("lab", options));
    }

    @Override
    protected Sink sink() {
        return sink(Map.of());
    }

    @Override
    protected List<Long> got() {
        List<Long> offsets = new ArrayList<>();
        for (String mail : receiver.mails) {
            Matcher numbers = NUMBER.matcher(body(mail));
            while (numbers.find()) {
                offsets.add(Long.valueOf(numbers.group(1)));
            }
        }
        return offsets;
    }

    private static String body(String mail) {
        String coded = mail.substring(mail.indexOf("\r\n\r\n") + 4);
        return new String(Base64.getMimeDecoder().decode(coded), UTF_8);
    }

    @Test
    void whatIsSaidAfterStartTlsIsSecretAndHeadersHoldNothingOfAnEvent() throws IOException {
        try (Sink sink = sink()) {
            String name = "x\r\nBcc: thief@example.org\r\n\r\n.\r\nMAIL FROM:<x@y.z> \u202e日本😀 ";
            assertThat(sink.deliver(List.of(record(7, name.repeat(20))))).isEqualTo(Delivery.ALL);
        }
        assertThat(receiver.commands)
                .filteredOn(line -> line.startsWith("plain"))
                .allMatch(line -> line.matches("plain (EHLO.*|STARTTLS)"));
        assertThat(receiver.commands)
                .contains(
                        "secret MAIL FROM:<netsentinel@example.org>",
                        "secret RCPT TO:<soc@example.org>",
                        "secret RCPT TO:<boss@example.org>");
        assertThat(receiver.commands).filteredOn(line -> line.contains("MAIL")).hasSize(1);
        String mail = receiver.mails.getFirst();
        String head = mail.substring(0, mail.indexOf("\r\n\r\n"));
        assertThat(head.split("\r\n"))
                .allMatch(line -> line.length() <= 78)
                .allMatch(line ->
                        line.matches(
                                "(Date|From|To|Subject|Message-ID|Auto-Submitted|MIME-Version|Content-[A-Za-z-]+): .*| .*"));
        assertThat(mail).doesNotContain("thief").isEqualTo(new String(mail.getBytes(UTF_8), UTF_8));
        assertThat(body(mail)).contains("\\x0d\\x0aBcc: thief", "\\u202e日本😀");
    }

    @Test
    void withoutTlsNothingIsSaidUnlessThatIsAllowed() throws IOException {
        receiver.offersTls = false;
        try (Sink sink = sink()) {
            assertThat(failed(sink, records(1, 1))).isTrue();
            assertThat(receiver.commands).noneMatch(line -> line.contains("AUTH"));
        }
        try (Sink sink = sink(Map.of("allow-plaintext", true))) {
            assertThat(sink.deliver(records(1, 1))).isEqualTo(Delivery.ALL);
        }
    }

    @Test
    void aCertificateOfSomebodyElseIsNotBelieved() {
        try (Sink sink = sink(Map.of("ca", folder.resolve("other.crt")))) {
            assertThatThrownBy(() -> sink.deliver(records(1, 1))).isInstanceOf(SSLException.class);
        }
        try (Sink sink = sink(Map.of("url", "smtp://127.0.0.1:" + receiver.port()))) {
            assertThatThrownBy(() -> sink.deliver(records(1, 1))).isInstanceOf(SSLException.class);
        }
        assertThat(receiver.commands).noneMatch(line -> line.contains("AUTH"));
    }

    @Test
    void aWrongPasswordIsTriedAgainAndAMailThatIsNotWantedIsNot() throws IOException {
        receiver.password = "another";
        try (Sink sink = sink()) {
            assertThat(sink.deliver(records(1, 1)))
                    .isInstanceOfSatisfying(
                            Delivery.Later.class,
                            later ->
                                    assertThat(later.reason())
                                            .contains("user name and password", "535 who?")
                                            .doesNotContain("correct"));
            receiver.password = "correct-hörse";
            receiver.verdict = "554 looks like spam";
            assertThat(sink.deliver(records(1, 1))).isInstanceOf(Delivery.Refused.class);
            receiver.verdict = "452 full";
            assertThat(sink.deliver(records(1, 1))).isInstanceOf(Delivery.Later.class);
        }
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> sink(Map.of("to", List.of("a@b\r\nBcc: c@d"))))
                .hasMessageStartingWith("to: expected an address");
        assertThatThrownBy(() -> sink(Map.of("from", "<a@b>")))
                .hasMessageStartingWith("from: expected an address");
        assertThatThrownBy(() -> sink(Map.of("url", "http://localhost:25")))
                .hasMessageStartingWith("url: expected smtp:// or smtps://HOST:PORT");
        assertThatThrownBy(() -> sink(Map.of("to", List.of()))).hasMessageStartingWith("to: ");
    }
}
