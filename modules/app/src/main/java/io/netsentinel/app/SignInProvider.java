package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.Key;
import io.netsentinel.app.config.OidcKeys;
import io.netsentinel.auth.OidcSettings;
import io.netsentinel.auth.OutsideSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The settings under `auth.oidc`.
final class SignInProvider {
    private static final List<Key<?>> NEED_ISSUER =
            List.of(OidcKeys.CLIENT_ID, OidcKeys.CLIENT_SECRET, OidcKeys.DEFAULT_ROLE);

    private SignInProvider() {}

    /// What the configuration says about it.
    ///
    /// @return empty when people sign in here only
    static Optional<OidcSettings> of(Configuration configuration) {
        Optional<URI> issuer = configuration.find(OidcKeys.ISSUER);
        if (issuer.isPresent()) {
            return Optional.of(settings(configuration, issuer.get()));
        }
        for (Key<?> key : NEED_ISSUER) {
            if (configuration.find(key).isPresent()) {
                throw new IllegalArgumentException(key.name() + " needs auth.oidc.issuer");
            }
        }
        return Optional.empty();
    }

    private static OidcSettings settings(Configuration configuration, URI issuer) {
        return new OidcSettings(
                issuer,
                configuration.find(OidcKeys.CLIENT_ID).orElse(""),
                configuration.find(OidcKeys.CLIENT_SECRET),
                configuration.get(OidcKeys.LABEL),
                configuration.get(OidcKeys.SCOPES),
                configuration.get(OidcKeys.TIMEOUT),
                new OutsideSettings.Claims(
                        configuration.get(OidcKeys.USER_CLAIM),
                        configuration.get(OidcKeys.ROLE_CLAIM),
                        configuration.named(OidcKeys.ROLES),
                        configuration.find(OidcKeys.DEFAULT_ROLE),
                        Optional.empty(),
                        Optional.empty()));
    }
}
