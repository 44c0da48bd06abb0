package io.netsentinel.webui;

/// What an error page shows.
///
/// @param reference what to look for in the server's log, empty for nothing
/// @param signIn whether signing in may help
record ErrorModel(int status, String title, String detail, String reference, boolean signIn) {
    static ErrorModel of(int status, String title, String detail, String reference) {
        return new ErrorModel(status, title, detail, reference, status == 401);
    }
}
