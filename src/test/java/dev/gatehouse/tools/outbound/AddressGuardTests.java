package dev.gatehouse.tools.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gatehouse.connector.Networks;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No internal address is connected to, however it is written and whatever leads to it. */
class AddressGuardTests {

    private final ResourceBudget soon = ResourceBudget.of(Duration.ofSeconds(20));

    private final AddressGuard guard = AddressGuard.publicAddresses();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.170",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:0:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "3fff::1",
                "3fff:fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1",
                "4000::1",
                "8000::1"
            })
    void addressWhenNotPublicIsRefused(String literal) {
        assertThat(guard.allows(InetAddress.ofLiteral(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "9.9.9.9", "93.184.215.14", "2606:4700::1111", "2a00::1"})
    void addressWhenPublicIsAllowed(String literal) {
        assertThat(guard.allows(InetAddress.ofLiteral(literal))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "10.2.0.1, false",
        "fd00:1::7, true",
        "fd00:2::7, false",
        "192.168.0.1, false",
        "127.0.0.1, false",
        "::ffff:10.1.2.3, true",
        "1.1.1.1, true"
    })
    void addressWhenInAnOwnNetworkIsAllowed(String literal, boolean allowed) {
        AddressGuard own = AddressGuard.publicAnd(networks("10.1.0.0/16", "fd00:1::/48"));

        assertThat(own.allows(InetAddress.ofLiteral(literal))).isEqualTo(allowed);
    }

    private static Networks networks(String... values) {
        return Networks.parse("gatehouse.outbound.allowed-networks", List.of(values));
    }

    /** In each IPv6 form that leads to it: an operator may have allowed the prefix of a NAT64. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "168.63.129.16",
                "100.100.100.200",
                "fd00:ec2::254",
                "::169.254.169.254",
                "::ffff:169.254.169.254",
                "::ffff:0:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::169.254.169.254",
                "64:ff9b:1:a9fe:a9:fe00::",
                "2002:a9fe:a9fe::1",
                "2001:0:1:2:3:4:5601:5601",
                "fe80::5efe:169.254.169.254",
                "fd00:1:a9fe:a9fe::1"
            })
    void addressOfAMetadataServiceIsNeverAllowed(String literal) {
        AddressGuard widest =
                AddressGuard.publicAnd(
                        networks(
                                "100.0.0.0/8",
                                "168.0.0.0/8",
                                "169.0.0.0/8",
                                "::/7",
                                "2000::/7",
                                "fc00::/7",
                                "fe80::/10"));

        assertThat(widest.allows(InetAddress.ofLiteral(literal))).isFalse();
        assertThat(AddressGuard.anyButMetadata().allows(InetAddress.ofLiteral(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "[::1]", "[::ffff:10.0.0.1]"})
    void nameWhenItIsAnInternalLiteralDoesNotResolve(String literal) {
        AddressResolver resolver = new AddressResolver(_ -> List.of(), guard);

        assertThat(resolver.resolve(literal, soon))
                .isEqualTo(new AddressResolver.NoPublicAddress());
    }

    @Test
    void nameWhenOneOfItsAddressesIsInternalDoesNotResolve() {
        AddressResolver resolver =
                new AddressResolver(
                        _ ->
                                List.of(
                                        InetAddress.ofLiteral("1.1.1.1"),
                                        InetAddress.ofLiteral("10.0.0.1")),
                        guard);

        assertThat(resolver.resolve("mixed.test", soon))
                .isEqualTo(new AddressResolver.NoPublicAddress());
    }

    /** Unknown and internal names are answered alike, so that internal ones stay unknown. */
    @Test
    void nameWhenUnknownIsAnsweredAsAnInternalOneIs() {
        AddressResolver unknown = new AddressResolver(_ -> List.of(), guard);
        AddressResolver internal =
                new AddressResolver(_ -> List.of(InetAddress.ofLiteral("10.0.0.1")), guard);

        assertThat(unknown.resolve("a.test", soon)).isEqualTo(internal.resolve("b.test", soon));
    }

    @Test
    void nameWhenItsLookupHangsFailsAtTheDeadline() {
        AddressResolver resolver =
                new AddressResolver(
                        _ -> {
                            new Semaphore(0).acquireUninterruptibly();
                            return List.of();
                        },
                        guard);

        assertThat(resolver.resolve("slow.test", ResourceBudget.of(Duration.ofMillis(50))))
                .isEqualTo(new AddressResolver.LookupFailed());
    }

    /** The system's resolver blocks, and a blocked virtual thread takes its carrier with it. */
    @Test
    void nameWhenLookedUpBlocksNoCarrierThread() {
        AtomicBoolean virtual = new AtomicBoolean(true);
        AddressResolver resolver =
                new AddressResolver(
                        _ -> {
                            virtual.set(Thread.currentThread().isVirtual());
                            return List.of();
                        },
                        guard);

        resolver.resolve("a.test", soon);

        assertThat(virtual).isFalse();
    }

    /** Rebinding: the first answer is public, the second internal. */
    @Test
    void nameWhenItsSecondAnswerIsInternalIsRefusedThen() {
        Queue<String> answers = new ArrayDeque<>(List.of("1.1.1.1", "127.0.0.1"));
        AddressResolver resolver =
                new AddressResolver(_ -> List.of(InetAddress.ofLiteral(answers.remove())), guard);

        AddressResolver.Resolution first = resolver.resolve("rebind.test", soon);
        AddressResolver.Resolution second = resolver.resolve("rebind.test", soon);

        assertThat(first)
                .isEqualTo(new AddressResolver.Resolved(List.of(InetAddress.ofLiteral("1.1.1.1"))));
        assertThat(second).isEqualTo(new AddressResolver.NoPublicAddress());
    }

    /** The address is checked again right before the connection. */
    @Test
    void connectionWhenToAnInternalAddressIsNotTried() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Dialer dialer = Dialer.guarded(guard);

            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(
                            () ->
                                    dialer.dial(
                                            listening.getInetAddress(),
                                            listening.getLocalPort(),
                                            1000));
            listening.setSoTimeout(100);
            assertThatIOException().isThrownBy(listening::accept);
        }
    }
}
