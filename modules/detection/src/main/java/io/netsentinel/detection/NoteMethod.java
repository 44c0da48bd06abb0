package io.netsentinel.detection;

/// The protocol's `call` method `alert.note`.
public final class NoteMethod extends TriageMethod {

    /// For `ServiceLoader`.
    public NoteMethod() {
        super(Action.NOTE);
    }
}
