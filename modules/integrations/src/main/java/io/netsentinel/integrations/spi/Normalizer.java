package io.netsentinel.integrations.spi;

/// Understands one input format: makes events of lines. Found by `ServiceLoader`; the name it gives
/// is what a configuration and `POST /api/events?format=` say.
///
/// Must be safe for several threads and must never throw: whatever a line holds, the answer is one
/// of [Normalized].
public interface Normalizer {
    /// The name of the format, for example `eve`.
    String format();

    /// Whether a line is a JSON object; then a posted body may also be an array of them, or objects
    /// that go over several lines.
    default boolean json() {
        return true;
    }

    /// Reads one line that stands alone.
    ///
    /// @param line holds the line; not to be kept or changed
    /// @param offset where it begins
    /// @param length its length in bytes, without the line end
    /// @param context where and when it came in
    Normalized normalize(byte[] line, int offset, int length, LineContext context);

    /// A reader for one stream of lines. Only formats whose lines depend on lines before them, or
    /// on what the stream comes from, need one of their own.
    ///
    /// @param origin what the stream comes from
    default LineReader reader(Origin origin) {
        return this::normalize;
    }
}
