package io.netsentinel.auth;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tokens of an outside identity provider: whose, where its keys are, and what its claims mean
/// here.
///
/// @param keys where its JSON Web Key Set is
/// @param issuer what `iss` must be, exactly
/// @param audience what `aud` must hold
/// @param types what `typ` in the header may be, in any case
/// @param claims what the claims mean
public record OutsideSettings(
        Keys keys, String issuer, String audience, Set<String> types, Claims claims) {

    /// Copies the set.
    ///
    /// @throws IllegalArgumentException naming the value that is missing
    public OutsideSettings {
        types = Set.copyOf(types);
        require(!issuer.isEmpty(), "auth.jwks.issuer is missing: tokens of anybody would do");
        require(!audience.isEmpty(), "auth.jwks.audience is missing: tokens for anybody would do");
        require(!types.isEmpty(), "auth.jwks.types must not be empty");
    }

    /// Where the keys are and how often they are looked at.
    ///
    /// @param file a file with the key set …
    /// @param url … or its address: https, or http on this machine
    /// @param refresh how often the address is asked again; a file is looked at every two seconds
    /// @param refetch when a token names an unknown key, the address is asked again at once, but
    ///   not more often than this
    /// @param timeout how long one answer may take
    /// @param rsaAlgorithm the algorithm of RSA keys that do not name theirs
    public record Keys(
            Optional<Path> file,
            Optional<URI> url,
            Duration refresh,
            Duration refetch,
            Duration timeout,
            String rsaAlgorithm) {
        /// @throws IllegalArgumentException naming the value that is wrong
        public Keys {
            require(
                    file.isPresent() != url.isPresent(),
                    "auth.jwks needs a file or a url, and not both");
            require(
                    url.filter(address -> !Addresses.trusted(address)).isEmpty(),
                    "auth.jwks.url must be https, or http on this machine's loopback: whoever could"
                            + " change the answer on its way could sign in as anybody");
            require(refresh.isPositive(), "auth.jwks.refresh must be longer than nothing");
            require(refetch.isPositive(), "auth.jwks.refetch must be longer than nothing");
            require(timeout.isPositive(), "auth.jwks.timeout must be longer than nothing");
            require(
                    VerifyingKey.RSA_ALGORITHMS.contains(rsaAlgorithm),
                    "auth.jwks.rsa-algorithm must be one of " + VerifyingKey.RSA_ALGORITHMS);
        }

        /// Keys from a file.
        public static Keys of(Path file) {
            return new Keys(
                    Optional.of(file),
                    Optional.empty(),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    "RS256");
        }

        /// Keys from an address: asked every 5 minutes, for an unknown key after 30 s at the
        /// earliest, 5 s for an answer.
        public static Keys of(URI url) {
            return new Keys(
                    Optional.empty(),
                    Optional.of(url),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    "RS256");
        }

        /// The same with other times.
        public Keys withTimes(Duration again, Duration unknown, Duration answer) {
            return new Keys(file, url, again, unknown, answer, rsaAlgorithm);
        }
    }

    /// What the claims of a token mean here. A claim is named by its path: `realm_access.roles`.
    ///
    /// @param user the claim with the user's name
    /// @param role the claim with a role or a list of them; of several that are known the one that
    ///   may most counts
    /// @param roles the role that each outside name means; when there are none, the names are those
    ///   of the roles here
    /// @param otherwise the role when the claim names none that is known; empty to refuse
    /// @param channels the claim with the only channels, a list or a text with spaces; when it is
    ///   set, a token without it is refused
    /// @param rows the claim with the only rows, as a filter; when it is set, a token without it is
    ///   refused
    public record Claims(
            String user,
            String role,
            Map<String, Role> roles,
            Optional<Role> otherwise,
            Optional<String> channels,
            Optional<String> rows) {
        /// Copies the map.
        public Claims {
            roles = Map.copyOf(roles);
        }

        /// `sub` is the user, `role` the role by its name here; nothing narrows it.
        public static Claims defaults() {
            return new Claims(
                    "sub", "role", Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
