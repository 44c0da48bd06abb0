package io.netsentinel.detection;

/// The protocol's `call` method `alert.unack`.
public final class UnacknowledgeMethod extends TriageMethod {

    /// For `ServiceLoader`.
    public UnacknowledgeMethod() {
        super(Action.UNACK);
    }
}
