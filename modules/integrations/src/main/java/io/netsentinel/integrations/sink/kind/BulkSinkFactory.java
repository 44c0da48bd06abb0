package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.sink.net.AddressGuard;
import io.netsentinel.integrations.sink.net.HttpTarget;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `elasticsearch`: the bulk interface of Elasticsearch and OpenSearch.
public final class BulkSinkFactory implements SinkFactory {
    /// For `ServiceLoader`.
    public BulkSinkFactory() {}

    @Override
    public String kind() {
        return "elasticsearch";
    }

    @Override
    public List<Option> options() {
        return List.of(
                SinkOption.RAW,
                SinkOption.URL,
                SinkOption.CA,
                SinkOption.CERTIFICATE,
                SinkOption.KEY,
                Option.text(
                        "index",
                        "netsentinel-{channel}",
                        "The index or data stream, `{channel}` is the event's channel (default"
                                + " `netsentinel-{channel}`)."),
                Option.text("username", "netsentinel", "The user, with `password`."),
                Option.secret("password", "correct-horse-battery", "The user's password."),
                Option.secret("token", SinkOption.TOKEN_EXAMPLE, "An API key."));
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Sink create(Options options) {
        String index = options.text("index").orElse("netsentinel-{channel}");
        if (!index.replace("{channel}", "x").matches("[a-z0-9][a-z0-9._-]{0,200}")) {
            throw new IllegalArgumentException(
                    "index: lower-case letters, digits, . _ - and {channel}, found \""
                            + index
                            + "\"");
        }
        return new BulkSink(
                HttpTarget.of(options, "/_bulk", new AddressGuard(options.limits().local())),
                index,
                authorization(options)
                        .map(value -> Map.of("Authorization", value))
                        .orElse(Map.of()),
                Payload.json(options.flag("raw", true)));
    }

    private static Optional<String> authorization(Options options) {
        Optional<String> user = options.text("username");
        Optional<String> password = options.text("password");
        Optional<String> token = options.text("token");
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    "username and password belong together: set both or none");
        }
        if (user.isPresent() && token.isPresent()) {
            throw new IllegalArgumentException("token: not together with username and password");
        }
        return user.map(name -> name + ":" + password.orElseThrow())
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)))
                .or(() -> token.map(key -> "ApiKey " + key));
    }
}
