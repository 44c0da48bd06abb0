package io.netsentinel.transport;

import io.helidon.http.HeaderNames;
import io.netsentinel.transport.spi.Endpoint;

/// `/asyncapi.json`: the protocol as AsyncAPI, the same as `docs/asyncapi.yaml`.
final class AsyncApiEndpoint implements Endpoint {
    /// Read when somebody asks for it: few do, and a start has no time for it.
    private static final class Document {
        static final byte[] JSON = Json.bytes(YamlResource.read("asyncapi.yaml"));
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
