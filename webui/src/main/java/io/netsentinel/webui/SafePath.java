package io.netsentinel.webui;

/// Where a form leads back to: a path of this server and nothing else.
final class SafePath {
    private SafePath() {}

    /// The path, or `/` when it is none: no scheme, no host, no backslash that a browser would take
    /// for a slash, no control character.
    static String of(String path) {
        boolean local = path.startsWith("/") && !path.startsWith("//") && path.indexOf('\\') < 0;
        boolean printable = path.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return local && printable ? path : "/";
    }
}
