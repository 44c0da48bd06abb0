package io.netsentinel.transport;

/// A command of the protocol this version does not offer.
final class UnavailableCommand implements CommandHandler {
    private final String what;

    /// @param what what is not offered, in words
    UnavailableCommand(String what) {
        this.what = what;
    }

    @Override
    public void run(Commander at, Command command) {
        throw new ProtocolException(
                ErrorCode.NOT_AVAILABLE, what + " is not available in this version", "type");
    }
}
