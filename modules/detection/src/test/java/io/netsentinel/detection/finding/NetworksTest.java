package io.netsentinel.detection.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "127.0.0.1",
                "192.168.7.7",
                "169.254.1.1",
                "172.16.0.1",
                "172.31.9.9",
                "100.64.0.1",
                "fd00::1",
                "fe80::1",
                "::1"
            })
    void privateAddressesAreInside(String address) {
        assertThat(Networks.inside(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8", "192.169.0.1", "169.253.0.1", "172.32.0.1", "100.128.0.1", "11.0.0.1",
                "2001:db8::1", "", "10.example.org", "10.0.0", "10.0.0.0.1", "999.1.1.1"
            })
    void othersAndWhatIsNoAddressAreNot(String address) {
        assertThat(Networks.inside(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "224.0.0.1",
                "239.1.1.1",
                "255.255.255.255",
                "10.0.0.255",
                "0.0.0.0",
                "ff02::1",
                "::"
            })
    void groupsAndBroadcastsAreMany(String address) {
        assertThat(Networks.many(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"223.0.0.1", "240.0.0.1", "10.0.0.1", "2001:db8::1", "nothing"})
    void othersAreOne(String address) {
        assertThat(Networks.many(address)).isFalse();
    }
}
