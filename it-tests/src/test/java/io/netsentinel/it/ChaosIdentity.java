package io.netsentinel.it;

import java.util.List;

/// Somebody in a chaos run: what they may see, and the token they have now.
final class ChaosIdentity {
    private final String name;
    private final String role;
    private final List<String> channels;
    private final ChaosFilter rows;
    private volatile String token = "";

    /// @param channels the only ones they may read; empty for all
    /// @param rows what they may see of them
    ChaosIdentity(String name, String role, List<String> channels, ChaosFilter rows) {
        this.name = name;
        this.role = role;
        this.channels = channels;
        this.rows = rows;
    }

    /// Gets a new token by the command line.
    void renew(java.nio.file.Path data, String ttl) {
        Launch launch =
                Launch.of("token", "--data", data.toString(), "--name", name)
                        .with("--role", role, "--ttl", ttl);
        if (!channels.isEmpty()) {
            launch.with("--channels", String.join(",", channels));
        }
        Launch.Result result = launch.run();
        if (result.exit() != 0) {
            throw new AssertionError("no token: " + result);
        }
        token = result.out().strip();
    }

    String token() {
        return token;
    }

    ChaosFilter rows() {
        return rows;
    }

    /// Whether a channel, or something a pattern means, may be read.
    boolean mayRead(String channel) {
        return channels.isEmpty() || channel.endsWith("*") || channels.contains(channel);
    }
}
