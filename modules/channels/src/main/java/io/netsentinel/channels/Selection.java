package io.netsentinel.channels;

import io.netsentinel.channels.spi.RecordView;
import io.netsentinel.events.Event;
import io.netsentinel.events.Filter;
import io.netsentinel.events.MalformedEventException;
import java.util.function.Predicate;

/// Which events of a channel are let through: a client's filter, or the rows an identity may see.
///
/// Two selections of equal text are the same; views are shared by it.
///
/// @param text canonical text; empty lets everything through
/// @param test decides about one event; called from many threads, must not block
public record Selection(String text, Predicate<Event> test) {
    private static final Selection ALL = new Selection("", _ -> true);

    /// Lets everything through.
    public static Selection all() {
        return ALL;
    }

    /// Lets through what meets a condition.
    public static Selection of(Filter filter) {
        return new Selection(filter.text(), filter::test);
    }

    /// Whether everything is let through.
    public boolean open() {
        return text.isEmpty();
    }

    /// Both must let an event through.
    public Selection and(Selection other) {
        if (open()) {
            return other;
        }
        return other.open()
                ? this
                : new Selection("(" + text + ") and (" + other.text + ")", test.and(other.test));
    }

    /// Decides about a stored event. What is no event is let through only by an open selection.
    boolean passes(RecordView candidate) {
        if (open()) {
            return true;
        }
        try {
            return test.test(candidate.event());
        } catch (MalformedEventException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selection that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
