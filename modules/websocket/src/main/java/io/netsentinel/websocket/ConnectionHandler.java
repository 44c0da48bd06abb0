package io.netsentinel.websocket;

/// One connection's application side.
///
/// The `on…` methods are called by whatever thread reads for the connection at the moment, one
/// after another; while one of them blocks, nothing more is read from this peer.
/// [#fill(FrameBuffer)] and [#written()] are called by whatever thread writes for it, at the same
/// time as they may be running, never twice at once. That thread writes for other connections too,
/// so these two must not wait for anything that takes its time. Nothing is called after
/// [#onClose(CloseEvent)]. An exception thrown by any of them closes the connection with 1011.
public interface ConnectionHandler {

    /// The 101 was written; frames may flow.
    ///
    /// @param connection this connection, to keep
    void onOpen(WebSocketConnection connection);

    /// A complete text message. Its bytes were valid UTF-8.
    default void onText(String message) {}

    /// A complete binary message.
    ///
    /// @param message its bytes, owned by the receiver
    default void onBinary(byte[] message) {}

    /// A pong, asked for or not.
    ///
    /// @param payload 0 to 125 bytes
    default void onPong(byte[] payload) {}

    /// The connection is over. Called exactly once for every way it can end, as the last call, also
    /// when [#onOpen(WebSocketConnection)] never came.
    void onClose(CloseEvent event);

    /// Puts frames into `out` until there is nothing more or no more room. Called by the writer
    /// after [WebSocketConnection#wake()]; everything of one call goes to the socket in one write.
    ///
    /// @param out this round's frames, empty, valid until the method returns
    /// @return true when there is more to send (asked again after the write), false when the next
    ///   call can wait for the next `wake()`; true without having added anything counts as false
    boolean fill(FrameBuffer out);

    /// What [#fill(FrameBuffer)] gave was handed to the operating system. Called by the writer,
    /// which goes on when it returns.
    default void written() {}
}
