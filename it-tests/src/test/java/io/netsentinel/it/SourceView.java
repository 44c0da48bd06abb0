package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;

/// The only source of a server, as `GET /api/sources` tells of it.
record SourceView(String state, double progress, long accepted, long deadLetters, long lostBytes) {
    static SourceView of(HttpApi admin) {
        JsonNode source = HttpApi.json(admin.get("/api/sources")).path("sources").path(0);
        return new SourceView(
                source.path("state").asText(),
                source.path("progress").asDouble(),
                source.path("accepted").asLong(),
                source.path("deadLetters").asLong(),
                source.path("lostBytes").asLong());
    }
}
