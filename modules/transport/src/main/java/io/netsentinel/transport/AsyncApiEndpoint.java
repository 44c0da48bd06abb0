package io.netsentinel.transport;

import io.helidon.http.HeaderNames;
import io.netsentinel.transport.spi.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// `/asyncapi.json`: the protocol as AsyncAPI, the same as `docs/asyncapi.yaml`.
final class AsyncApiEndpoint implements Endpoint {
    private static final String SOURCE = "asyncapi.yaml";

    /// Read when somebody asks for it: few do, and a start has no time for it.
    private static final class Document {
        static final byte[] JSON = Json.bytes(read());

        private static Object read() {
            LoadSettings settings = LoadSettings.builder().setLabel(SOURCE).build();
            try (InputStream yaml = AsyncApiEndpoint.class.getResourceAsStream(SOURCE)) {
                return new Load(settings).loadFromInputStream(Objects.requireNonNull(yaml, SOURCE));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void routes(Routes routes, Services services) {
        routes.get(
                "/asyncapi.json",
                Access.IDENTITY,
                (_, response) ->
                        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                                .send(Document.JSON));
    }
}
