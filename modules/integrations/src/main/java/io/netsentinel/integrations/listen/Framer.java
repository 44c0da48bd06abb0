package io.netsentinel.integrations.listen;

/// Cuts what comes over one connection into messages.
interface Framer {
    /// Takes the next bytes.
    void feed(byte[] bytes, int length);

    /// The connection's end: what is left is a message without an end.
    void finish();

    /// Takes the messages.
    interface Messages {
        /// A message; not to be kept.
        void message(byte[] bytes, int offset, int length);

        /// One that is longer than the limit.
        ///
        /// @param sample its beginning
        void overlong(byte[] sample, long length);
    }
}
