package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.integrations.spi.Kind;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What every factory of sources or sinks must do. Its test says what must be given at least.
public abstract class KindContract {
    /// For subclasses.
    protected KindContract() {}

    /// The factory.
    protected abstract Kind factory();

    /// The least that must be said for one to be made; where it points, nothing need be there.
    protected abstract Map<String, Object> least();

    /// Makes one and lets go of it.
    ///
    /// @return what it says of itself: everything people get to see
    protected abstract String made(Options options);

    @Test
    final void theKindIsAWordAndItsOptionsHaveDifferentNames() {
        assertThat(factory().kind()).matches("[a-z][a-z0-9-]{0,31}");
        assertThat(factory().options()).extracting(Option::name).doesNotHaveDuplicates();
    }

    @Test
    final void helpTextsAreSentencesForATable() {
        for (Option option : factory().options()) {
            assertThat(option.help())
                    .as(option.name())
                    .matches("[A-Z0-9].*\\.")
                    .doesNotContain("|", "\n");
        }
    }

    @Test
    final void optionsThatKindsShareHaveTheSameType() {
        Kinds.sources().checkTypes();
        Kinds.sinks().checkTypes();
    }

    @Test
    final void theLeastIsEnough() {
        assertThat(made(new Options("lab", least()))).isNotEmpty();
    }

    @Test
    final void whatMustBeGivenIsMissedByName() {
        for (String key : least().keySet()) {
            Map<String, Object> fewer = new TreeMap<>(least());
            fewer.remove(key);
            assertThatThrownBy(() -> made(new Options("lab", fewer)))
                    .as("without " + key)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(key);
        }
    }

    @Test
    final void theLeastIsAmongTheOptions() {
        assertThat(factory().options()).extracting(Option::name).containsAll(least().keySet());
    }

    @Test
    final void aValueOfAnotherTypeIsRefusedByName() {
        for (Option option : factory().options()) {
            Map<String, Object> wrong = new TreeMap<>(least());
            wrong.put(option.name(), new Object());
            if (!(option.type() instanceof Option.Type.Texts)) {
                assertRefusedOrUnread(option.name(), wrong);
            }
        }
    }

    /// An option may have no meaning beside the others.
    private void assertRefusedOrUnread(String name, Map<String, Object> wrong) {
        try {
            made(new Options("lab", wrong));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(name);
        }
    }

    @Test
    final void secretsAreNotShown() {
        Map<String, Object> all = new TreeMap<>(least());
        for (Option option : factory().options()) {
            if (option.secret()) {
                all.putIfAbsent(option.name(), "hush-hush-hush-hush");
            }
        }
        try {
            assertThat(made(new Options("lab", all))).doesNotContain("hush");
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).doesNotContain("hush");
        }
    }
}
