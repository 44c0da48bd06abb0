package io.netsentinel.webui;

/// What the sign-in page shows.
///
/// @param problem why the last attempt failed, empty for none
/// @param user the name that was tried
/// @param next where to go afterwards: a path of this server
/// @param firstPassword the file with the password of the first start, empty when it was changed
/// @param provider what the identity provider is called, empty without one
/// @param nextEncoded `next` for the query of a link
/// @param signedOut whether somebody of the provider has just signed out here
/// @param wall whether it was a screen on the wall whose session has ended
record LoginModel(
        String problem,
        String user,
        String next,
        String firstPassword,
        String provider,
        String nextEncoded,
        boolean signedOut,
        boolean wall) {}
