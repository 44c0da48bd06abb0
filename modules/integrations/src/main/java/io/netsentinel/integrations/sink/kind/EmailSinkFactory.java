package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.sink.net.TlsFiles;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `email`: a mail for each batch, over SMTP.
public final class EmailSinkFactory implements SinkFactory {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final int MOST_RECEIVERS = 50;

    /// For `ServiceLoader`.
    public EmailSinkFactory() {}

    @Override
    public String kind() {
        return "email";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.text(
                        "url",
                        "smtp://mail.example.org:587",
                        "The mail server: `smtp://`, which must offer STARTTLS, or `smtps://`, host"
                                + " and port."),
                Option.flag(
                        "allow-plaintext",
                        "false",
                        "Whether mail goes to a `smtp://` server without encryption, also the"
                                + " password (default false)."),
                SinkOption.CA,
                SinkOption.CERTIFICATE,
                SinkOption.KEY,
                Option.text("username", "netsentinel", "The user, with `password`."),
                Option.secret("password", "correct-horse-battery", "The user's password."),
                Option.text("from", "netsentinel@example.org", "The address mail comes from."),
                Option.texts("to", "soc@example.org", "The addresses it goes to."));
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Sink create(Options options) {
        SinkUrl url = SinkUrl.parse(options.require("url"), List.of("smtp", "smtps"));
        String from = EmailMessage.address("from", options.require("from"));
        List<String> to =
                options.texts("to").stream().map(one -> EmailMessage.address("to", one)).toList();
        if (to.isEmpty() || to.size() > MOST_RECEIVERS) {
            throw new IllegalArgumentException("to: 1 to " + MOST_RECEIVERS + " addresses");
        }
        Optional<String> user = options.text("username");
        Optional<String> password = options.text("password");
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    "username and password belong together: set both or none");
        }
        boolean plaintext = options.flag("allow-plaintext", false);
        if (plaintext && url.scheme().equals("smtps")) {
            throw new IllegalArgumentException("allow-plaintext: not with smtps://");
        }
        return new EmailSink(
                new SmtpDialogue(
                        url,
                        TlsFiles.of(options),
                        plaintext,
                        user.map(name -> new SmtpDialogue.Login(name, password.orElseThrow())),
                        options.time("timeout", USUAL),
                        options.limits()),
                new EmailMessage(options.name(), from, to));
    }
}
