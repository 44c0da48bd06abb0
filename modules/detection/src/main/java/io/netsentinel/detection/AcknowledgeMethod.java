package io.netsentinel.detection;

/// The protocol's `call` method `alert.ack`.
public final class AcknowledgeMethod extends TriageMethod {

    /// For `ServiceLoader`.
    public AcknowledgeMethod() {
        super(Action.ACK);
    }
}
