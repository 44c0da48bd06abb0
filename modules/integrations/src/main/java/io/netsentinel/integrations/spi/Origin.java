package io.netsentinel.integrations.spi;

/// What a stream of lines comes from, as far as a format cares.
///
/// @param file name of the file without its folder; empty when it is none
/// @param peer address of who sent it; empty when it is not known
public record Origin(String file, String peer) {
    /// Nothing is known.
    public static final Origin UNKNOWN = new Origin("", "");

    /// A file of that name.
    public static Origin file(String name) {
        return new Origin(name, "");
    }

    /// A sender with that address.
    public static Origin peer(String address) {
        return new Origin("", address);
    }
}
