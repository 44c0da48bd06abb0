package io.netsentinel.queuing;

/// Makes a repeated append harmless: for 24 hours (see [LogSettings#keyAge()]) the same key in the
/// same scope writes nothing and gives the first answer again.
///
/// @param scope who chose the key (a token's id, a user), 1 to 256 characters: keys of different
///   scopes never meet
/// @param key the key itself, 1 to 256 characters
public record IdempotencyKey(String scope, String key) {

    private static final int LONGEST = 256;

    /// Checks the sizes.
    ///
    /// @throws IllegalArgumentException when one is empty or too long
    public IdempotencyKey {
        if (scope.isEmpty()
                || scope.length() > LONGEST
                || key.isEmpty()
                || key.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an idempotency key's scope and key have 1 to " + LONGEST + " characters");
        }
    }
}
