package io.netsentinel.transport;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Verdict;
import io.netsentinel.events.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Decides whether a request may come in at all and who sent it, from its headers alone: the same
/// for HTTP requests and WebSocket handshakes.
final class Admission {
    static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    static final HeaderName CSRF = HeaderNames.create("X-CSRF-Token");
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
    private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");
    private static final HeaderName FORWARDED_HOST = HeaderNames.create("X-Forwarded-Host");
    private static final List<HeaderName> ONCE =
            List.of(
                    HeaderNames.HOST,
                    HeaderNames.AUTHORIZATION,
                    HeaderNames.COOKIE,
                    HeaderNames.ORIGIN,
                    HeaderNames.CONTENT_TYPE,
                    HeaderNames.CONTENT_LENGTH,
                    HeaderNames.TRANSFER_ENCODING,
                    FETCH_SITE,
                    CSRF);
    private static final Set<String> TOKEN_PARAMETERS =
            Set.of("token", "access_token", "id_token", "jwt", "bearer", "authorization");
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "::1");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::\\d{1,5})?");

    private final Auth auth;
    private final boolean secure;
    private final String cookie;
    private final Set<String> hosts;
    private final Set<String> origins;
    private final Networks proxies;
    private final Optional<String> publicOrigin;

    Admission(ServerSettings settings, Auth auth) {
        this.auth = auth;
        ServerSettings.Names names = settings.names();
        this.secure =
                settings.tls().isPresent()
                        || names.publicUrl()
                                .filter(url -> "https".equals(url.getScheme()))
                                .isPresent();
        this.cookie = secure ? "__Host-ns" : "ns";
        this.hosts = new HashSet<>(LOOPBACK_HOSTS);
        names.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        names.publicUrl().map(URI::getHost).ifPresent(host -> hosts.add(unbracketed(host)));
        this.origins = new HashSet<>();
        names.origins().forEach(origin -> origins.add(origin.toLowerCase(Locale.ROOT)));
        this.publicOrigin = names.publicUrl().map(Admission::origin);
        publicOrigin.ifPresent(origins::add);
        this.proxies = Networks.of(names.proxies());
    }

    /// Whether browsers reach this server by TLS, here or at a proxy.
    boolean secure() {
        return secure;
    }

    /// Scheme, host and port people reach this server by: `public-url` or, without it, those of
    /// this request.
    String publicOrigin(Client client) {
        return publicOrigin.orElseGet(client::origin);
    }

    /// The name of the session cookie.
    String cookieName() {
        return cookie;
    }

    /// Checks what every request must fulfil, whoever sends it.
    ///
    /// @param headers its headers
    /// @param query its raw query
    /// @param peer the other end of its connection
    /// @return who really sent it
    /// @throws Problem 400 or 421
    Client admit(Headers headers, String query, Peer peer) {
        for (HeaderName name : ONCE) {
            if (headers.contains(name) && headers.all(name, List::of).size() > 1) {
                throw Problem.badRequest(
                        "the header " + name.defaultCase() + " may be sent only once");
            }
        }
        refuseTokenIn(query);
        Client client = client(headers, from(peer), peer.tls());
        if (!AUTHORITY.matcher(client.authority()).matches()
                || !(hosts.contains(client.host()) || isAddress(client.host(), peer.local()))) {
            throw new Problem(
                    421,
                    "Misdirected request",
                    "this server does not answer to that Host: its names are set by public-url and"
                            + " allowed-hosts");
        }
        return client;
    }

    /// Who sends it: by `Authorization: Bearer` or, without one, by the session cookie.
    ///
    /// @return empty when there is neither
    /// @throws Problem 401 when there is one that is not good
    Optional<Identity> identify(Headers headers, boolean cookies) {
        Optional<String> authorization = headers.first(HeaderNames.AUTHORIZATION);
        if (authorization.isPresent()) {
            return Optional.of(accepted(auth.bearer(bearer(authorization.get()))));
        }
        return cookies
                ? sessionCookie(headers).map(value -> accepted(auth.session(value)))
                : Optional.empty();
    }

    /// Whether a page of this origin may act with the cookies of this server.
    boolean originAllowed(String origin, Client client) {
        return origin.equals(client.origin()) || origins.contains(origin);
    }

    /// Whether a request that changes something may come from where the browser says it does. Other
    /// clients say nothing and pass; what a browser adds by itself is guarded by the CSRF token.
    boolean sameSite(Headers headers, Client client) {
        Optional<String> origin = headers.first(HeaderNames.ORIGIN);
        if (origin.isPresent() && origins.contains(origin.get())) {
            return true;
        }
        String site = headers.first(FETCH_SITE).orElse("none");
        return (site.equals("same-origin") || site.equals("none"))
                && origin.map(value -> originAllowed(value, client)).orElse(true);
    }

    private static String bearer(String authorization) {
        int space = authorization.indexOf(' ');
        if (space < 0 || !authorization.substring(0, space).equalsIgnoreCase("Bearer")) {
            throw Problem.unauthorized("Authorization must be: Bearer TOKEN");
        }
        return authorization.substring(space + 1).trim();
    }

    private static Identity accepted(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted(Identity identity) -> identity;
            case Verdict.Refused refused ->
                    throw Problem.unauthorized(refused.reason())
                            .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        };
    }

    private Optional<String> sessionCookie(Headers headers) {
        String prefix = cookie + "=";
        Optional<String> found = Optional.empty();
        for (String line : headers.all(HeaderNames.COOKIE, List::of)) {
            for (String pair : line.split(";", -1)) {
                String trimmed = pair.trim();
                if (!trimmed.startsWith(prefix)) {
                    continue;
                }
                if (found.isPresent()) {
                    // somebody else on this host has set one too: whose it is cannot be told
                    throw Problem.badRequest("the session cookie was sent twice");
                }
                found = Optional.of(trimmed.substring(prefix.length()));
            }
        }
        return found;
    }

    /// Where a connection comes from. What is announced counts only when the peer is a proxy of
    /// ours: anybody can announce anything.
    private InetAddress from(Peer peer) {
        InetAddress socket = address(peer.remote());
        if (peer.announced().isEmpty()) {
            return socket;
        }
        if (!proxies.contains(socket)) {
            throw new Problem(
                    421,
                    "Misdirected request",
                    "with proxy-protocol: true only the proxies of trusted-proxies may connect");
        }
        return IpAddress.parse(peer.announced().get())
                .map(address -> InetAddress.ofLiteral(address.text()))
                // 0.0.0.0 is what a proxy that speaks for itself comes out as
                .filter(address -> !address.isAnyLocalAddress())
                .orElse(socket);
    }

    private Client client(Headers headers, InetAddress peer, boolean tls) {
        String host = headers.first(HeaderNames.HOST).orElse("");
        String scheme = tls ? "https" : "http";
        if (!proxies.contains(peer)) {
            return new Client(peer, scheme, canonical(scheme, host));
        }
        String seenScheme =
                headers.first(FORWARDED_PROTO).filter(Admission::isScheme).orElse(scheme);
        String seenHost = headers.first(FORWARDED_HOST).orElse(host);
        return new Client(forwardedFor(headers, peer), seenScheme, canonical(seenScheme, seenHost));
    }

    /// The last address in the chain that is not one of our proxies: what stands before it was
    /// written by a stranger.
    private InetAddress forwardedFor(Headers headers, InetAddress peer) {
        List<String> chain =
                headers.all(FORWARDED_FOR, List::of).stream()
                        .flatMap(line -> List.of(line.split(",", -1)).stream())
                        .map(String::trim)
                        .toList();
        InetAddress nearest = peer;
        for (String hop : chain.reversed()) {
            Optional<IpAddress> address = IpAddress.parse(hop);
            if (address.isEmpty()) {
                return nearest;
            }
            nearest = InetAddress.ofLiteral(address.get().text());
            if (!proxies.contains(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    private static void refuseTokenIn(String query) {
        if (query.isEmpty()) {
            return;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (TOKEN_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw Problem.badRequest(
                        "a token does not belong into an address, where logs keep it: send"
                                + " Authorization: Bearer");
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private static boolean isScheme(String text) {
        return text.equals("http") || text.equals("https");
    }

    private static String canonical(String scheme, String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        String defaultPort = scheme.equals("https") ? ":443" : ":80";
        return lower.endsWith(defaultPort)
                ? lower.substring(0, lower.length() - defaultPort.length())
                : lower;
    }

    private static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        return scheme + "://" + canonical(scheme, url.getRawAuthority());
    }

    private static String unbracketed(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
    }

    private static boolean isAddress(String host, SocketAddress local) {
        Optional<IpAddress> wanted = IpAddress.parse(host);
        return wanted.isPresent() && wanted.equals(Networks.ip(address(local)));
    }

    private static InetAddress address(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
