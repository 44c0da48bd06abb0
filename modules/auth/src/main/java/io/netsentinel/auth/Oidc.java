package io.netsentinel.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.netsentinel.auth.AuthException.Reason;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// Signing in at an identity provider: OpenID Connect's authorization code flow with PKCE, `state`
/// and `nonce`.
///
/// Nothing is kept between the two halves. The browser holds one random secret in a cookie;
/// `state`, `nonce` and the code verifier are made from it. So whoever comes back is who went,
/// whichever instance or run of the server answers, and a flood of beginnings costs no memory.
public final class Oidc implements AutoCloseable {
    /// Ed25519 would need one more library.
    private static final Set<JWSAlgorithm> ALGORITHMS =
            JWSAlgorithm.Family.SIGNATURE.stream()
                    .filter(one -> !JWSAlgorithm.Family.ED.contains(one))
                    .collect(Collectors.toUnmodifiableSet());

    /// Anybody can make this server ask the provider about a code; not without end.
    private static final int AT_ONCE = 16;

    private final Semaphore asking = new Semaphore(AT_ONCE);
    private final OidcSettings settings;
    private final ClientID id;
    private final Duration leeway;
    private final ProviderClient client;

    Oidc(OidcSettings settings, Duration leeway) {
        this.settings = settings;
        this.id = new ClientID(settings.clientId());
        this.leeway = leeway;
        this.client = new ProviderClient(settings);
    }

    /// A sign-in that has begun.
    ///
    /// @param secret what the browser keeps until it comes back
    /// @param address where it goes
    public record Begun(String secret, URI address) {}

    /// Somebody the provider vouches for.
    ///
    /// @param account whose it is there
    /// @param name what they are called
    /// @param role what they may do
    public record Person(Account account, String name, Role role) {}

    /// What people call the provider.
    public String label() {
        return settings.label();
    }

    /// The provider's address.
    public String issuer() {
        return settings.issuer().toString();
    }

    /// Begins a sign-in.
    ///
    /// @param back where the browser comes back to, as registered at the provider
    /// @throws AuthException UNREACHABLE when the provider does not answer
    public Begun begin(URI back) {
        try {
            String secret = Secrets.token();
            Scope scope = new Scope("openid");
            settings.scopes().forEach(scope::add);
            URI address =
                    new AuthenticationRequest.Builder(new ResponseType("code"), scope, id, back)
                            .endpointURI(client.offer().metadata().getAuthorizationEndpointURI())
                            .state(state(secret))
                            .nonce(nonce(secret))
                            .codeChallenge(verifier(secret), CodeChallengeMethod.S256)
                            .build()
                            .toURI();
            return new Begun(secret, address);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// Ends a sign-in: asks the provider who it is that came back.
    ///
    /// @param secret what the browser kept; empty when it kept nothing
    /// @param query what it was sent back with
    /// @param back where to, the same as at the beginning
    /// @throws AuthException saying why it did not work: DENIED, INVALID, or UNREACHABLE when the
    ///   provider does not answer
    public Person finish(String secret, String query, URI back) {
        AuthorizationResponse answer = answer(secret, query, back);
        if (!asking.tryAcquire()) {
            throw new AuthException(
                    Reason.UNREACHABLE, "too many sign in at the same time: begin again");
        }
        try {
            ProviderClient.Offer offer = client.offer();
            AuthorizationCode code = code(answer, offer.metadata());
            OIDCTokenResponse tokens = tokens(code, secret, back, offer.metadata());
            IDTokenClaimsSet claims = verified(tokens, secret, offer);
            String subject = claims.getSubject().getValue();
            return person(
                    subject,
                    json(claims.toJSONString()),
                    tokens.getOIDCTokens().getAccessToken(),
                    offer.metadata());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (ParseException e) {
            throw refused("its answer cannot be understood: " + ProviderClient.words(e));
        } finally {
            asking.release();
        }
    }

    /// Where a browser signs out at the provider as well; empty when it offers that to nobody, or
    /// does not answer.
    ///
    /// @param back where it comes back to
    public Optional<URI> signOut(URI back) {
        try {
            return Optional.ofNullable(client.offer().metadata().getEndSessionEndpointURI())
                    .map(address ->
                            new LogoutRequest(address, null, null, id, back, null, null).toURI());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// What a browser was sent back with, when it is the browser that went: before anybody is asked
    /// anything, because anybody can come back.
    private AuthorizationResponse answer(String secret, String query, URI back) {
        AuthorizationResponse answer;
        try {
            answer = AuthorizationResponse.parse(back, URLUtils.parseParameters(query));
        } catch (ParseException | IllegalArgumentException e) {
            throw refused("its answer cannot be understood: " + ProviderClient.words(e));
        }
        State told = answer.getState();
        if (secret.isEmpty()
                || told == null
                || !Secrets.same(state(secret).getValue(), told.getValue())) {
            throw new AuthException(
                    Reason.DENIED,
                    "this sign-in did not begin in this browser, or took longer than ten minutes:"
                            + " begin again");
        }
        return answer;
    }

    private AuthorizationCode code(AuthorizationResponse answer, OIDCProviderMetadata metadata) {
        boolean named = answer.getIssuer() != null;
        if ((named || metadata.supportsAuthorizationResponseIssuerParam())
                && !metadata.getIssuer().equals(answer.getIssuer())) {
            throw refused("the answer comes from another provider");
        }
        if (!answer.indicatesSuccess()) {
            throw refused("it says " + answer.toErrorResponse().getErrorObject().getCode());
        }
        AuthorizationCode code = answer.toSuccessResponse().getAuthorizationCode();
        if (code == null) {
            throw refused("the answer holds no code");
        }
        return code;
    }

    private OIDCTokenResponse tokens(
            AuthorizationCode code, String secret, URI back, OIDCProviderMetadata metadata)
            throws IOException, ParseException {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(code, back, verifier(secret));
        URI address = metadata.getTokenEndpointURI();
        TokenRequest request =
                settings.clientSecret()
                        .map(own -> new TokenRequest.Builder(address, proof(own, metadata), grant))
                        .orElseGet(() -> new TokenRequest.Builder(address, id, grant))
                        .build();
        var answer = OIDCTokenResponseParser.parse(client.send(request.toHTTPRequest()));
        if (!answer.indicatesSuccess()) {
            throw refused(
                    "it does not redeem the code: "
                            + answer.toErrorResponse().getErrorObject().getCode());
        }
        return (OIDCTokenResponse) answer.toSuccessResponse();
    }

    private ClientAuthentication proof(String own, OIDCProviderMetadata metadata) {
        List<ClientAuthenticationMethod> ways = metadata.getTokenEndpointAuthMethods();
        boolean post =
                ways != null
                        && !ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        && ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        Secret secret = new Secret(own);
        return post ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
    }

    private IDTokenClaimsSet verified(
            OIDCTokenResponse tokens, String secret, ProviderClient.Offer offer) {
        IDTokenValidator validator =
                new IDTokenValidator(
                        offer.metadata().getIssuer(),
                        id,
                        new JWSVerificationKeySelector<>(ALGORITHMS, offer.keys()),
                        null);
        validator.setMaxClockSkew(Math.toIntExact(leeway.toSeconds()));
        JWT token = tokens.getOIDCTokens().getIDToken();
        if (token == null) {
            throw refused("it sends no ID token");
        }
        try {
            return validator.validate(token, nonce(secret));
        } catch (BadJOSEException | JOSEException e) {
            throw refused("its ID token is not good: " + ProviderClient.words(e));
        }
    }

    /// Some providers put name and groups into the ID token, some only tell them when asked.
    private Person person(
            String subject, JsonObject told, AccessToken access, OIDCProviderMetadata metadata)
            throws IOException, ParseException {
        OutsideSettings.Claims names = settings.claims();
        JsonObject claims = told;
        boolean complete = Claim.has(told, names.user()) && Claim.has(told, names.role());
        if (!complete && metadata.getUserInfoEndpointURI() != null) {
            JsonObject more = asked(subject, access, metadata.getUserInfoEndpointURI());
            // what is signed counts more
            claims = Json.createMergePatch(told).apply(more).asJsonObject();
        }
        String name = Claim.text(claims, names.user());
        if (name.isEmpty()) {
            throw refused("it does not tell the claim " + names.user() + " (auth.oidc.user-claim)");
        }
        Role role =
                Claim.role(claims, names)
                        .orElseThrow(() ->
                                new AuthException(
                                        Reason.DENIED,
                                        "no role here belongs to this account: its claim "
                                                + names.role()
                                                + " (auth.oidc.role-claim) names none"));
        return new Person(new Account(issuer(), subject), name, role);
    }

    private JsonObject asked(String subject, AccessToken access, URI address)
            throws IOException, ParseException {
        if (!Addresses.trusted(address)) {
            throw refused("its userinfo address is not https");
        }
        UserInfoResponse answer =
                UserInfoResponse.parse(
                        client.send(new UserInfoRequest(address, access).toHTTPRequest()));
        if (!answer.indicatesSuccess()) {
            throw refused("it does not tell more than the ID token");
        }
        UserInfo info = answer.toSuccessResponse().getUserInfo();
        if (info == null || !info.getSubject().getValue().equals(subject)) {
            throw refused("it tells of somebody else than the ID token");
        }
        return json(info.toJSONString());
    }

    private static JsonObject json(String text) {
        return StrictJson.object(text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("the library writes JSON"));
    }

    private static State state(String secret) {
        return new State(Secrets.derived("state", secret));
    }

    private static Nonce nonce(String secret) {
        return new Nonce(Secrets.derived("nonce", secret));
    }

    private static CodeVerifier verifier(String secret) {
        return new CodeVerifier(Secrets.derived("verifier", secret));
    }

    private AuthException refused(String reason) {
        return new AuthException(Reason.DENIED, settings.label() + ": " + reason);
    }

    private AuthException unreachable(IOException e) {
        return new AuthException(
                Reason.UNREACHABLE,
                settings.label() + " cannot be asked now: " + ProviderClient.words(e));
    }

    @Override
    public void close() {
        client.close();
    }
}
