package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A mail server that offers STARTTLS and wants a password.
final class SmtpReceiver extends Receiver {
    final List<String> mails = new CopyOnWriteArrayList<>();
    final List<String> commands = new CopyOnWriteArrayList<>();
    volatile boolean offersTls = true;
    volatile String password = "correct-hörse";
    volatile String verdict = "250 taken";

    private final SSLContext context;

    SmtpReceiver(SSLContext context) {
        super(ServerSocket::new);
        this.context = context;
    }

    @Override
    void serve(Socket socket) throws IOException {
        say(socket, "220 lab ESMTP");
        if (commands(socket, false)) {
            SSLSocket secured =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(socket, "localhost", socket.getPort(), true);
            secured.setUseClientMode(false);
            commands(secured, true);
        }
    }

    /// @return whether TLS begins
    private boolean commands(Socket socket, boolean secret) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            commands.add((secret ? "secret " : "plain ") + line);
            String word = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            switch (word) {
                case "EHLO" -> {
                    say(socket, "250-lab");
                    say(socket, offersTls && !secret ? "250 STARTTLS" : "250 AUTH PLAIN LOGIN");
                }
                case "STARTTLS" -> {
                    if (offersTls) {
                        say(socket, "220 go ahead");
                        return true;
                    }
                    say(socket, "502 no");
                }
                case "AUTH" -> {
                    String login = "\0netsentinel\0" + password;
                    boolean right =
                            line.endsWith(
                                    Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
                    say(socket, right ? "235 welcome" : "535 who?");
                }
                case "MAIL", "RCPT" -> say(socket, "250 fine");
                case "DATA" -> {
                    say(socket, "354 go on");
                    String mail = mail(in);
                    if (verdict.startsWith("250")) {
                        mails.add(mail);
                    }
                    say(socket, verdict);
                }
                case "QUIT" -> {
                    say(socket, "221 bye");
                    return false;
                }
                default -> say(socket, "500 what?");
            }
        }
        return false;
    }

    private static String line(InputStream in) throws IOException {
        return until(in, '\n').strip();
    }

    private static String mail(InputStream in) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = until(in, '\n'); !line.equals(".\r"); line = until(in, '\n')) {
            mail.append(line).append('\n');
        }
        return mail.toString();
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(UTF_8));
        socket.getOutputStream().flush();
    }
}
