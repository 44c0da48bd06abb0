package io.netsentinel.transport;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Verdict;
import io.netsentinel.channels.Subscription;

/// Tokens that come in messages.
final class TokenUse {
    private TokenUse() {}

    /// Checks a token and lets its identity count for the connection from now on. A newer token
    /// must be of the same user; when it allows less than is being read, the connection is closed.
    ///
    /// @throws ProtocolException when it is refused; a refused first token also ends the connection
    static void use(Commander at, Command command, String token) {
        long mark = at.protocol().connections().mark();
        switch (at.protocol().auth().bearer(token)) {
            case Verdict.Accepted(Identity who) -> accept(at.connection(), who, mark);
            case Verdict.Refused refused -> {
                ErrorCode code =
                        refused.expired() ? ErrorCode.TOKEN_EXPIRED : ErrorCode.UNAUTHORIZED;
                at.refuse(command, new ProtocolException(code, refused.reason(), "token"));
                at.connection()
                        .close(
                                refused.expired()
                                        ? CloseCode.TOKEN_EXPIRED
                                        : CloseCode.INVALID_TOKEN);
            }
        }
    }

    private static void accept(ProtocolConnection connection, Identity who, long mark) {
        Identity before = connection.identity().orElse(who);
        if (!before.user().equals(who.user())) {
            throw new ProtocolException(
                    ErrorCode.PERMISSION_DENIED, "the token is another user's", "token");
        }
        connection.identify(who, mark);
        boolean sameRows = ChannelAccess.rows(before).text().equals(ChannelAccess.rows(who).text());
        for (Subscription cursor : connection.cursors().all()) {
            if (!sameRows || !who.maySubscribe(cursor.channel())) {
                connection.close(CloseCode.ACCESS_CHANGED);
                return;
            }
        }
    }
}
