package io.netsentinel.integrations.spi;

/// Reads the lines of one stream in their order: a file, a connection, a posted body. Made by a
/// [Normalizer]; for one thread. It must never throw.
public interface LineReader {
    /// Reads the next line.
    ///
    /// @param line holds the line; not to be kept or changed
    /// @param offset where it begins
    /// @param length its length in bytes, without the line end
    /// @param context where and when it came in
    Normalized read(byte[] line, int offset, int length, LineContext context);
}
