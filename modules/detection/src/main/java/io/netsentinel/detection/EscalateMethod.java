package io.netsentinel.detection;

/// The protocol's `call` method `alert.escalate`.
public final class EscalateMethod extends TriageMethod {

    /// For `ServiceLoader`.
    public EscalateMethod() {
        super(Action.ESCALATE);
    }
}
