package io.netsentinel.transport;

import io.helidon.http.HeaderNames;
import io.netsentinel.transport.spi.Endpoint;
import java.util.function.Supplier;

/// `/openapi.json`: every address of this server as OpenAPI 3.1. What an address does is written in
/// `docs/openapi`; who may use it, and what the guard answers, comes from the routes themselves.
final class OpenApiEndpoint implements Endpoint {
    @Override
    public void routes(Routes routes, Services services) {
        Document document = new Document(() -> Json.bytes(OpenApiDocument.of(routes.byPath())));
        routes.get(
                "/openapi.json",
                Access.IDENTITY,
                (_, response) ->
                        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                                .send(document.json()));
    }

    /// Made when somebody asks for it: by then all modules have added their routes, and a start has
    /// no time for it.
    private static final class Document {
        private final Supplier<byte[]> maker;
        private byte[] made = new byte[0];

        Document(Supplier<byte[]> maker) {
            this.maker = maker;
        }

        synchronized byte[] json() {
            if (made.length == 0) {
                made = maker.get();
            }
            return made;
        }
    }
}
