package io.netsentinel.app.config;

/// Something wrong with the configuration.
///
/// @param origin where: `conf/netsentinel.yaml:12`, `environment` or `command line`
/// @param key the setting as it was written there
/// @param message what is wrong and the way out
public record Problem(String origin, String key, String message) {
    @Override
    public String toString() {
        return origin + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
