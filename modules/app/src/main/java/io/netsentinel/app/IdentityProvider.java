package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.JwksKeys;
import io.netsentinel.app.config.Key;
import io.netsentinel.auth.OutsideSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The settings under `auth.jwks`.
final class IdentityProvider {
    private static final List<Key<?>> NEED_KEYS =
            List.of(
                    JwksKeys.ISSUER,
                    JwksKeys.AUDIENCE,
                    JwksKeys.DEFAULT_ROLE,
                    JwksKeys.CHANNELS_CLAIM,
                    JwksKeys.ROWS_CLAIM);

    private IdentityProvider() {}

    /// What the configuration says about it.
    ///
    /// @return empty when there is no identity provider
    static Optional<OutsideSettings> of(Configuration configuration) {
        boolean keys =
                configuration.find(JwksKeys.KEY_FILE).isPresent()
                        || configuration.find(JwksKeys.ADDRESS).isPresent();
        if (keys) {
            return Optional.of(settings(configuration));
        }
        for (Key<?> key : NEED_KEYS) {
            if (configuration.find(key).isPresent()) {
                throw new IllegalArgumentException(
                        key.name() + " needs auth.jwks.file or auth.jwks.url");
            }
        }
        return Optional.empty();
    }

    private static OutsideSettings settings(Configuration configuration) {
        return new OutsideSettings(
                new OutsideSettings.Keys(
                        configuration.find(JwksKeys.KEY_FILE),
                        configuration.find(JwksKeys.ADDRESS),
                        configuration.get(JwksKeys.REFRESH),
                        configuration.get(JwksKeys.REFETCH),
                        configuration.get(JwksKeys.TIMEOUT),
                        configuration.get(JwksKeys.RSA_ALGORITHM)),
                configuration.find(JwksKeys.ISSUER).orElse(""),
                configuration.find(JwksKeys.AUDIENCE).orElse(""),
                Set.copyOf(configuration.get(JwksKeys.TYPES)),
                new OutsideSettings.Claims(
                        configuration.get(JwksKeys.USER_CLAIM),
                        configuration.get(JwksKeys.ROLE_CLAIM),
                        configuration.named(JwksKeys.ROLES),
                        configuration.find(JwksKeys.DEFAULT_ROLE),
                        configuration.find(JwksKeys.CHANNELS_CLAIM),
                        configuration.find(JwksKeys.ROWS_CLAIM)));
    }
}
