package io.netsentinel.transport;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Files that are part of the program: scripts, styles, fonts, images. They are read once and kept
/// in memory.
///
/// A file whose name holds a digest of its content (`app.3f9a1c2b7d.js`), or that lies in a folder
/// named by the digest of all files in it (`3f9a1c2b7d/app.js`), may be kept by browsers for ever;
/// others are asked for again with their `ETag`. Beside a file there may be the same compressed in
/// advance, `app.js.br` or `app.js.gz`.
public final class Assets {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@-]*(?:/[A-Za-z0-9_][A-Za-z0-9._@-]*)*");
    private static final Pattern HASHED =
            Pattern.compile("[0-9a-f]{8,64}/.*|.*[.-][0-9a-f]{8,64}\\.[a-z0-9]+");
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "public, no-cache";
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("html", "text/html; charset=utf-8"));

    private final Function<String, Optional<InputStream>> source;
    private final Map<String, Asset> cache = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asset(byte[] bytes, String tag) {}

    /// Assets from a module's resources: `new Assets(name ->
    /// Optional.ofNullable(Pages.class.getResourceAsStream("assets/" + name)))`.
    ///
    /// @param source opens a file by its name, empty when there is none. It is asked for names of
    ///   letters, digits, `. _ @ -` and `/` only, none of whose parts begins with a dot
    public Assets(Function<String, Optional<InputStream>> source) {
        this.source = source;
    }

    /// Serves them on a route that ends in `{+path}`, such as `/assets/{+path}`.
    public Handler handler() {
        return (request, response) ->
                send(request, response, request.path().pathParameters().get("path"));
    }

    private void send(ServerRequest request, ServerResponse response, String name) {
        Asset plain =
                (NAME.matcher(name).matches() ? find(name) : Optional.<Asset>empty())
                        .orElseThrow(() -> Problem.notFound("there is nothing at this address"));
        response.header(
                        HeaderNames.CACHE_CONTROL,
                        HASHED.matcher(name).matches() ? FOREVER : ASK_AGAIN)
                .header(HeaderNames.ETAG, plain.tag())
                .header(HeaderNames.VARY, "Accept-Encoding");
        if (request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("").contains(plain.tag())) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, type(name));
        response.send(encoded(request, response, name).orElse(plain).bytes());
    }

    private Optional<Asset> encoded(ServerRequest request, ServerResponse response, String name) {
        Optional<Asset> brotli = accepts(request, "br") ? find(name + ".br") : Optional.empty();
        if (brotli.isPresent()) {
            response.header(HeaderNames.CONTENT_ENCODING, "br");
            return brotli;
        }
        Optional<Asset> gzip = accepts(request, "gzip") ? find(name + ".gz") : Optional.empty();
        if (gzip.isPresent()) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        return gzip;
    }

    /// Whether a client takes an answer in this encoding.
    public static boolean accepts(ServerRequest request, String encoding) {
        String accepted = request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("");
        for (String part : accepted.split(",", -1)) {
            String[] coding = part.trim().split(";", 2);
            if (coding[0].trim().equalsIgnoreCase(encoding)) {
                return coding.length == 1 || !coding[1].replace(" ", "").matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private Optional<Asset> find(String name) {
        Asset known = cache.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        // what does not exist is not remembered: strangers choose the names
        Optional<InputStream> found = source.apply(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            byte[] bytes = in.readAllBytes();
            Asset asset = new Asset(bytes, tag(bytes));
            cache.put(name, asset);
            return Optional.of(asset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
