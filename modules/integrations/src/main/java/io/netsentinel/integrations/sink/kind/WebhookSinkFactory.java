package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.sink.net.AddressGuard;
import io.netsentinel.integrations.sink.net.HttpTarget;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `webhook`: posts events as JSON with a signature, or as a message to a chat.
public final class WebhookSinkFactory implements SinkFactory {
    private static final int SHORTEST_SECRET = 16;

    /// For `ServiceLoader`.
    public WebhookSinkFactory() {}

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public List<Option> options() {
        return List.of(
                SinkOption.RAW,
                Option.secret(
                        "hidden-url",
                        "https://chat.example.org/hooks/0a1b2c",
                        "The address as a secret, instead of `url`; those of chat tools are one."),
                SinkOption.URL,
                SinkOption.CA,
                SinkOption.CERTIFICATE,
                SinkOption.KEY,
                Option.text(
                        "template",
                        "json",
                        "What is posted: `json` (the default), or a message for people for"
                                + " `slack`, `mattermost`, `teams` or `discord`."),
                Option.secret(
                        "signing-secret",
                        "a-long-text-nobody-can-guess",
                        "The key of the signature (HMAC-SHA256), at least 16 bytes. Without it,"
                                + " nothing is signed."),
                Option.flag(
                        "allow-local",
                        "false",
                        "Whether the target may be this machine itself, a link-local address or a"
                                + " cloud's metadata service (default false)."));
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Sink create(Options options) {
        Optional<String> hidden = options.text("hidden-url");
        if (hidden.isPresent() == options.text("url").isPresent()) {
            throw new IllegalArgumentException("url: set either url or hidden-url");
        }
        Optional<Signature> signature =
                options.text("signing-secret").map(WebhookSinkFactory::signature);
        HttpTarget target =
                HttpTarget.of(
                        hidden.map(url -> new Options(options.name(), Map.of("url", url)))
                                .map(options::with)
                                .orElse(options),
                        "",
                        new AddressGuard(local(options)));
        return new WebhookSink(target, hidden.isPresent(), body(options), signature);
    }

    private static boolean local(Options options) {
        boolean wanted = options.flag("allow-local", false);
        if (wanted && !options.limits().local()) {
            throw new IllegalArgumentException(
                    "allow-local: not for what is made over HTTP, unless runtime.allow-local is true");
        }
        return wanted;
    }

    private static WebhookBody body(Options options) {
        String template = options.text("template").orElse("json");
        return switch (template) {
            case "json" ->
                    WebhookBody.json(options.name(), Payload.json(options.flag("raw", true)));
            case "slack", "mattermost" -> WebhookBody.slack();
            case "teams" -> WebhookBody.teams();
            case "discord" -> WebhookBody.discord();
            default ->
                    throw new IllegalArgumentException(
                            "template: expected json, slack, mattermost, teams or discord, found \""
                                    + template
                                    + "\"");
        };
    }

    private static Signature signature(String secret) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "signing-secret: at least " + SHORTEST_SECRET + " bytes");
        }
        return new Signature(key);
    }
}
