package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import org.junit.jupiter.api.Test;

/// What every factory of sinks must do.
public abstract class SinkFactoryContract extends KindContract {
    /// For subclasses.
    protected SinkFactoryContract() {}

    @Override
    protected abstract SinkFactory factory();

    @Override
    protected final String made(Options options) {
        try (Sink sink = factory().create(options)) {
            return sink.target();
        }
    }

    @Test
    final void itIsFoundByItsKind() {
        assertThat(Kinds.sinks().require(factory().kind())).hasSameClassAs(factory());
    }
}
