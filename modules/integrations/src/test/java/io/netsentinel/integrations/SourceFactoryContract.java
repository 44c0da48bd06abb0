package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.integrations.spi.SourceFactory;
import org.junit.jupiter.api.Test;

/// What every factory of sources must do.
public abstract class SourceFactoryContract extends KindContract {
    /// For subclasses.
    protected SourceFactoryContract() {}

    @Override
    protected abstract SourceFactory factory();

    @Override
    protected final String made(Options options) {
        Source source = factory().create(options);
        return source.name() + " " + source.kind() + " " + source.path() + " " + source.format();
    }

    @Test
    final void aSourceThatIsNotRunYetHasItsNameAndReadsNothing() {
        Source source = factory().create(new Options("lab", least()));
        assertThat(source.name()).isEqualTo("lab");
        assertThat(source.kind()).isNotBlank();
        assertThat(source.path()).isNotBlank();
        assertThat(source.progress().bytesRead()).isZero();
    }

    @Test
    final void itIsFoundByItsKind() {
        assertThat(Kinds.sources().require(factory().kind())).hasSameClassAs(factory());
    }
}
