package io.netsentinel.transport;

import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthException;
import io.netsentinel.auth.Identity;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/// Signs clients in by the certificate of their TLS connection, which the handshake has checked:
/// they are the common name of its subject. The first use of each certificate since the start is
/// noted in the audit trail.
final class ClientCertificates {
    /// Of a name as RFC 2253 writes it, where what might be taken for a separator has a backslash
    /// before it. A common name of other characters is no name here.
    private static final Pattern COMMON_NAME =
            Pattern.compile("(?:^|(?<!\\\\)[,+])CN=([A-Za-z0-9._@-]{1,64})(?=$|[,+])");

    private static final String ACTION = "certificate";
    private static final int MOST_NOTED = 10_000;

    private final Optional<ServerSettings.ClientTrust> trust;
    private final Auth auth;
    private final Optional<Audit> audit;
    private final InstantSource clock;
    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    ClientCertificates(
            Optional<ServerSettings.ClientTrust> trust,
            Auth auth,
            Optional<Audit> audit,
            InstantSource clock) {
        this.trust = trust;
        this.auth = auth;
        this.audit = audit;
        this.clock = clock;
    }

    /// Who showed a certificate.
    ///
    /// @param shown what the handshake has checked
    /// @return empty when there is none, or none is asked for
    /// @throws Problem 401 when it has ended meanwhile, 403 when it has no name that can be used
    Optional<Identity> identify(Optional<Certificate> shown, InetAddress from) {
        if (trust.isEmpty() || !(shown.orElse(null) instanceof X509Certificate certificate)) {
            return Optional.empty();
        }
        if (certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
            throw Problem.unauthorized(
                    "the client certificate has ended on " + certificate.getNotAfter().toInstant());
        }
        String id = ACTION + "-" + fingerprint(certificate);
        try {
            Identity who =
                    auth.certified(
                            name(certificate),
                            trust.get().role(),
                            id,
                            certificate.getNotAfter().toInstant());
            note(who, certificate, from);
            return Optional.of(who);
        } catch (AuthException e) {
            throw Problem.forbidden(String.valueOf(e.getMessage()));
        }
    }

    private static String name(X509Certificate certificate) {
        Matcher matcher =
                COMMON_NAME.matcher(
                        certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
        List<String> names = new ArrayList<>();
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        if (names.size() != 1) {
            throw Problem.forbidden(
                    "the subject of the client certificate has no common name (CN) that can be used"
                            + " here: 1 to 64 of A-Z a-z 0-9 . _ @ -");
        }
        return names.getFirst();
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(certificate.getEncoded()), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (GeneralSecurityException e) {
            throw Problem.forbidden("the client certificate cannot be read");
        }
    }

    private void note(Identity who, X509Certificate certificate, InetAddress from) {
        if (noted.size() < MOST_NOTED && noted.add(who.id())) {
            audit.ifPresent(trail ->
                    trail.note(
                            new AuditEntry(
                                    ACTION,
                                    who.user(),
                                    Optional.of(from),
                                    who.id(),
                                    true,
                                    "role %s, serial %s, by %s, until %s"
                                            .formatted(
                                                    who.role().text(),
                                                    certificate.getSerialNumber().toString(16),
                                                    certificate.getIssuerX500Principal().getName(),
                                                    certificate.getNotAfter().toInstant()))));
        }
    }
}
