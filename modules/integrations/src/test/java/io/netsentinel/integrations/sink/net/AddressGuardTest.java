package io.netsentinel.integrations.sink.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "100.100.100.200",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::169.254.169.254",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1"
            })
    void addressesOfThisMachineAndOfMetadataServicesAreRefused(String text)
            throws UnknownHostException {
        InetAddress address = InetAddress.getByName(text);
        assertThat(new AddressGuard(false).allows(address)).isFalse();
        assertThat(new AddressGuard(true).allows(address)).isTrue();
        assertThatThrownBy(() ->
                        new AddressGuard(false).check("name.example", new InetAddress[] {address}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("name.example is ")
                .hasMessageContaining("allow-local");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "10.0.0.1",
                "192.168.1.1",
                "2001:db8::1",
                "fd12::1",
                "64:ff9b::c000:201",
                "2002:c000:201::1"
            })
    void otherAddressesAreAllowed(String text) throws UnknownHostException {
        assertThat(new AddressGuard(false).allows(InetAddress.getByName(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1"})
    void oneForbiddenAddressAmongSeveralIsEnough(String text) throws IOException {
        InetAddress[] both = {InetAddress.getByName("192.0.2.1"), InetAddress.getByName(text)};
        assertThatThrownBy(() -> new AddressGuard(false).check("x", both))
                .isInstanceOf(IOException.class);
    }
}
