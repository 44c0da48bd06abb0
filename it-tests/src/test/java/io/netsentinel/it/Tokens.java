package io.netsentinel.it;

import java.nio.file.Path;
import java.util.stream.Stream;

/// Tokens from the command line of a running server.
final class Tokens {
    private Tokens() {}

    /// The interface as somebody with a new token sees it.
    ///
    /// @param options of `netsentinel token`, as `--rows`
    static HttpApi issue(
            ServerProcess server, Path data, String name, String role, String... options) {
        String[] words =
                Stream.concat(
                                Stream.of(
                                        "token",
                                        "--name",
                                        name,
                                        "--role",
                                        role,
                                        "--data",
                                        data.toString()),
                                Stream.of(options))
                        .toArray(String[]::new);
        Launch.Result result = Launch.of(words).run();
        if (result.exit() != 0) {
            throw new AssertionError(result.err());
        }
        return new HttpApi(server.address(), result.out().strip());
    }
}
