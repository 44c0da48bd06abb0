package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionBudgetTest {

    @Test
    void givesWhatIsWantedWhenThereIsRoom() {
        ConnectionBudget budget = ConnectionBudget.within(50_000, 1 << 20, 100);
        assertThat(budget.connections()).isEqualTo(50_000);
        assertThat(budget.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(budget.retryAfter()).isEqualTo(5);
    }

    @Test
    void staysBelowTheLimitByAnEighth() {
        assertThat(ConnectionBudget.within(50_000, 20_000, 100).connections())
                .isEqualTo(20_000 - 100 - 2_500);
    }

    @Test
    void leavesAtLeastNinetySixOfALowLimit() {
        assertThat(ConnectionBudget.within(50_000, 256, 100).connections()).isEqualTo(60);
    }

    @Test
    void saysWhatIsWrongWhenNothingIsLeft() {
        assertThatThrownBy(() -> ConnectionBudget.within(10, 128, 100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("128")
                .hasMessageContaining("ulimit -n");
    }

    @Test
    void readsTheLimitOfThisProcess() {
        assertThat(ConnectionBudget.descriptorLimit()).isGreaterThan(64);
        assertThat(ConnectionBudget.openDescriptors())
                .isBetween(3L, ConnectionBudget.descriptorLimit());
        assertThat(ConnectionBudget.withinDescriptorLimit(1).connections()).isEqualTo(1);
    }

    @Test
    void refusesABudgetOfNothing() {
        assertThatThrownBy(() -> new ConnectionBudget(0, Duration.ofSeconds(1), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
