package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.sink.net.TlsFiles;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Limits;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.apache.commons.net.smtp.SMTPReply;

/// Hands one mail to a server: connects, makes the connection secret, signs in, and lets the server
/// say what it thinks of each step. The server's certificate and name are always checked.
///
/// @param plaintext whether a server that offers no TLS is good enough
/// @param timeout for each step
record SmtpDialogue(
        SinkUrl url,
        TlsFiles tls,
        boolean plaintext,
        Optional<Login> login,
        Duration timeout,
        Limits limits) {
    private static final int LONGEST_WORDS = 200;
    private static final int CONNECT_MILLIS = 10_000;

    /// How the server knows us.
    record Login(String user, String password) {
        /// The name only.
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /// What the server does not want is tried again: a mailbox may be full and a password wrong
    /// only for now. Only what it says of the mail itself is final.
    Delivery send(String from, List<String> to, String mail) throws IOException {
        limits.check(url.host(), InetAddress.getAllByName(url.host()));
        boolean implicit = url.scheme().equals("smtps");
        AuthenticatingSMTPClient client = new AuthenticatingSMTPClient(implicit, tls.context());
        try {
            client.setConnectTimeout(CONNECT_MILLIS);
            client.setDefaultTimeout(Math.toIntExact(timeout.toMillis()));
            client.setEndpointCheckingEnabled(true);
            client.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            client.connect(url.host(), url.port());
            client.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            Optional<Delivery> problem = prepare(client, implicit);
            return problem.isPresent() ? problem.get() : mail(client, from, to, mail);
        } finally {
            client.disconnect();
        }
    }

    private Optional<Delivery> prepare(AuthenticatingSMTPClient client, boolean implicit)
            throws IOException {
        if (!SMTPReply.isPositiveCompletion(client.getReplyCode())) {
            return later("does not greet", client);
        }
        if (!greeted(client)) {
            return later("does not take EHLO", client);
        }
        if (!implicit && !plaintext) {
            if (!client.execTLS()) {
                return later("offers no STARTTLS (allow-plaintext: true does without)", client);
            }
            if (!greeted(client)) {
                return later("does not take EHLO", client);
            }
        }
        if (login.isPresent() && !signedIn(client, login.get())) {
            return later("does not take the user name and password", client);
        }
        return Optional.empty();
    }

    private static boolean greeted(AuthenticatingSMTPClient client) throws IOException {
        return SMTPReply.isPositiveCompletion(client.ehlo("[127.0.0.1]"));
    }

    /// Servers that have no PLAIN have LOGIN. The library's own sign-in knows no UTF-8.
    private static boolean signedIn(AuthenticatingSMTPClient client, Login login)
            throws IOException {
        int answer =
                client.sendCommand(
                        "AUTH", "PLAIN " + base64("\0" + login.user() + "\0" + login.password()));
        if (answer == SMTPReply.COMMAND_NOT_IMPLEMENTED_FOR_PARAMETER) {
            answer = client.sendCommand("AUTH", "LOGIN");
            if (SMTPReply.isPositiveIntermediate(answer)) {
                answer = client.sendCommand(base64(login.user()));
            }
            if (SMTPReply.isPositiveIntermediate(answer)) {
                answer = client.sendCommand(base64(login.password()));
            }
        }
        return SMTPReply.isPositiveCompletion(answer);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Delivery mail(
            AuthenticatingSMTPClient client, String from, List<String> to, String mail)
            throws IOException {
        if (!client.setSender(from)) {
            return later("does not take mail from " + from, client).orElseThrow();
        }
        for (String one : to) {
            if (!client.addRecipient(one)) {
                return later("does not take mail to " + one, client).orElseThrow();
            }
        }
        Writer writer = client.sendMessageData();
        if (writer == null) {
            return later("does not take a mail", client).orElseThrow();
        }
        try (writer) {
            writer.write(mail);
        }
        if (client.completePendingCommand()) {
            client.logout();
            return Delivery.ALL;
        }
        String words = "the mail server refuses the mail: " + words(client);
        return SMTPReply.isNegativePermanent(client.getReplyCode())
                ? new Delivery.Refused(words)
                : Delivery.Later.because(words);
    }

    private static Optional<Delivery> later(String what, AuthenticatingSMTPClient client) {
        return Optional.of(
                Delivery.Later.because("the mail server " + what + ": " + words(client)));
    }

    private static String words(AuthenticatingSMTPClient client) {
        String text = Visible.characters(String.valueOf(client.getReplyString()).strip());
        return text.substring(0, Math.min(text.length(), LONGEST_WORDS));
    }
}
