package io.netsentinel.channels.spi;

/// How a stored event becomes the value in an `event` message, for one kind of format.
///
/// A codec is asked once for each event and view; the bytes are shared by all subscribers. It is
/// called from many threads at once and must not block.
public interface Codec {

    /// The JSON member the value stands under: `data`, or `html`.
    String member();

    /// Whether this codec makes a format.
    ///
    /// @param format as a client asks for it: `json`, `html:alert`
    boolean supports(String format);

    /// The value as JSON in UTF-8: an object for `data`, a string literal with its quotes for
    /// `html`. The array may be the payload itself and is not changed by the caller.
    ///
    /// When an exception is thrown the event is delivered with the value `null`.
    ///
    /// @param record the stored event
    /// @param format a format this codec supports
    byte[] encode(RecordView record, String format);
}
