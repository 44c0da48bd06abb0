package io.netsentinel.webui;

/// The commands that send the first event to this server, ready to copy.
///
/// @param file for Suricata on this machine
/// @param token makes a token for a sensor elsewhere
/// @param post sends a file with that token
/// @param name of the server, as the browser knows it
record StartCommands(String file, String token, String post, String name) {
    /// @param host name and port under which the browser reached the server
    /// @param secure whether by TLS
    static StartCommands of(String host, boolean secure) {
        return new StartCommands(
                "bin/netsentinel serve --eve /var/log/suricata/eve.json",
                "TOKEN=$(bin/netsentinel token --name sensor-1 --role sensor)",
                "curl -H \"Authorization: Bearer $TOKEN\" --data-binary @eve.json \""
                        + (secure ? "https" : "http")
                        + "://"
                        + host
                        + "/api/events?format=eve\"",
                name(host));
    }

    /// Without the port.
    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
