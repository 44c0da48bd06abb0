package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrafficSharesTest {
    private final TrafficShares shares = new TrafficShares(2);

    private static Traffic traffic(long messages) {
        return new Traffic(1, messages, 0, 0, 0);
    }

    /// @param open names of open connections with a message each
    private Map<String, Traffic> sums(String... open) {
        Map<String, Traffic> sums = shares.begin();
        for (String name : open) {
            shares.add(sums, name, traffic(1));
        }
        return sums;
    }

    @Test
    void openAndEndedConnectionsAreSummedByName() {
        shares.gone("ann", traffic(5));
        assertThat(sums("ann", "bob", "bob"))
                .isEqualTo(
                        Map.of(
                                "ann", new Traffic(2, 6, 0, 0, 0),
                                "bob", new Traffic(2, 2, 0, 0, 0)));
    }

    @Test
    void whoComesWhenAllSharesAreTakenIsAmongTheOthersForGood() {
        assertThat(sums("ann", "bob", "eve")).containsOnlyKeys("ann", "bob", "");
        shares.gone("eve", traffic(3));
        shares.gone("ann", traffic(1));
        assertThat(sums("bob", "eve").get("")).isEqualTo(new Traffic(2, 4, 0, 0, 0));
    }

    @Test
    void anOpenConnectionThatIsNobodysYetIsLeftOutSoThatNothingGetsLess() {
        assertThat(sums("")).isEmpty();
        shares.gone("", traffic(2));
        assertThat(sums("").get("")).isEqualTo(traffic(2));
        assertThat(sums("ann").get("")).isEqualTo(traffic(2));
    }
}
