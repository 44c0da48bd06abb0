package io.netsentinel.integrations.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.ListenSettings;
import io.netsentinel.integrations.SourceStatus.State;
import io.netsentinel.queuing.QueueFullException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenSourceTest {
    @TempDir Path temporary;
    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(temporary, "unused");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private int listen(String scheme) {
        return listen(ListenSettings.of("lab", scheme + "://127.0.0.1:0", "syslog"));
    }

    private int listen(ListenSettings settings) {
        lab.start(new ListenSource(settings));
        lab.await(() -> !lab.status().path().endsWith(":0"));
        return URI.create(lab.status().path()).getPort();
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    @Test
    void datagramsBecomeLogsThatNameTheirSender() throws IOException {
        int port = listen("udp");
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes =
                    "<38>Oct 11 22:14:15 sshd[1]: Failed password for root from 192.0.2.7 port 22 ssh2"
                            .getBytes(UTF_8);
            socket.send(
                    new DatagramPacket(
                            bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }
        lab.await(() -> lab.tail(Channel.LOGS) == 1);

        Event event = lab.events(Channel.LOGS).getFirst();
        assertThat(event.text(Fields.EVENT_OUTCOME)).isEqualTo("failure");
        assertThat(event.text("log.source.address")).isEqualTo("127.0.0.1");
        assertThat(lab.status().kind()).isEqualTo("udp");
        assertThat(lab.status().state()).isEqualTo(State.LIVE);
        lab.await(() -> !lab.sensors().statuses().isEmpty());
        assertThat(lab.sensors().statuses())
                .extracting(sensor -> sensor.name())
                .containsExactly("lab");
    }

    @Test
    void oneConnectionMayUseBothFramings() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listen("tcp"))) {
            send(socket, "<13>one\n8 <13>tw\no<13>three\n");
            lab.await(() -> lab.tail(Channel.LOGS) == 3);
        }

        assertThat(lab.events(Channel.LOGS))
                .extracting(event -> event.text(Fields.MESSAGE))
                .containsExactly("one", "tw\no", "three");
    }

    @Test
    void anOverlongMessageIsADeadLetterAndTheConnectionGoesOn() throws IOException {
        int port =
                listen(
                        ListenSettings.of("lab", "tcp://127.0.0.1:0", "syslog")
                                .withLimits(1_000, 10));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(socket, "<13>" + "x".repeat(9_000) + "\n<13>ok\n");
            lab.await(() -> lab.tail(Channel.LOGS) == 1 && lab.tail(Channel.DEAD_LETTERS) == 1);
        }

        Event letter = lab.events(Channel.DEAD_LETTERS).getFirst();
        assertThat(letter.text(Fields.EVENT_REASON))
                .isEqualTo("longer than 1000 bytes: 9004 bytes");
        assertThat(letter.text("log.file.path")).contains("from 127.0.0.1");
        assertThat(lab.status().overlong()).isEqualTo(1);
    }

    @Test
    void oneConnectionTooManyIsTurnedAwayAndTold() throws IOException {
        int port =
                listen(
                        ListenSettings.of("lab", "tcp://127.0.0.1:0", "syslog")
                                .withLimits(1_000, 1));
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(first, "<13>one\n");
            lab.await(() -> lab.tail(Channel.LOGS) == 1);
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            lab.await(() -> lab.status().refused() == 1);
            assertThat(lab.status().lastError()).contains("max-connections");
            assertThat(lab.status().state()).isEqualTo(State.LIVE);
            send(first, "<13>two\n");
            lab.await(() -> lab.tail(Channel.LOGS) == 2);
        }
    }

    @Test
    void aLogThatTakesNothingMakesTheSenderWaitAndNothingIsLost() throws Exception {
        AtomicBoolean busy = new AtomicBoolean(true);
        lab.publishWith(append ->
                busy.get()
                        ? CompletableFuture.failedFuture(new QueueFullException("full"))
                        : lab.log().append(append));
        int port = listen("tcp");
        String message = "<13>" + "x".repeat(40_000);
        int count = 1_600;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < count; i++) {
                                        send(socket, message + i + "\n");
                                    }
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            });
            // 64 MB do not fit into a batch under way, the queue and the sockets
            lab.await(() -> lab.status().lagBytes() >= 16 << 20);
            assertThat(sender.isAlive()).isTrue();
            assertThat(lab.status().lagBytes()).isLessThan(17 << 20);
            busy.set(false);
            lab.await(() -> lab.tail(Channel.LOGS) == count);
            sender.join();
        }
        assertThat(lab.status().dropped()).isZero();
    }

    @Test
    void datagramsThatFindNoRoomAreCounted() throws IOException {
        lab.publishWith(_ -> CompletableFuture.failedFuture(new QueueFullException("full")));
        int port = listen("udp");
        byte[] bytes = ("<13>" + "x".repeat(60_000)).getBytes(UTF_8);
        Reception full = new Reception();
        try (DatagramSocket socket = new DatagramSocket();
                DatagramReceiver receiver =
                        DatagramReceiver.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                full,
                                "full",
                                64 * 1024)) {
            lab.await(() -> {
                try {
                    socket.send(
                            new DatagramPacket(
                                    bytes,
                                    bytes.length,
                                    InetAddress.getLoopbackAddress(),
                                    receiver.port()));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return full.dropped().sum() > 0;
            });
        }
        assertThat(full.queue().weight()).isBetween(16L << 20, (16L << 20) + 70_000);
        assertThat(port).isPositive();
    }

    @Test
    void whatIsInHandAtAStopIsCommitted() throws IOException {
        int port = listen("tcp");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            StringBuilder many = new StringBuilder();
            IntStream.range(0, 20_000)
                    .forEach(i -> many.append("<13>message ").append(i).append('\n'));
            send(socket, many.toString());
            lab.await(() -> lab.status().bytesRead() == many.length());
            lab.stop();
        }

        assertThat(lab.tail(Channel.LOGS)).isEqualTo(20_000);
        assertThat(lab.status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void aTakenPortIsToldAndTriedAgain() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            lab.start(
                    new ListenSource(
                            ListenSettings.of(
                                    "lab", "tcp://127.0.0.1:" + taken.getLocalPort(), "syslog")));
            lab.await(() -> lab.status().state() == State.FAILED);
            assertThat(lab.status().lastError())
                    .contains("cannot listen on tcp://127.0.0.1:")
                    .contains("in use");
        }
        lab.await(() -> lab.status().state() == State.LIVE);
    }

    @Test
    void suricataMayWriteToASocketInTheFileSystem() throws IOException {
        Path socket = temporary.resolve("eve.sock");
        lab.start(new ListenSource(ListenSettings.of("lab", "unix://" + socket, "eve")));
        lab.await(() -> Files.exists(socket) && lab.status().state() == State.LIVE);
        lab.await(() -> permissions(socket).equals("rw-rw----"));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((Lab.line(1) + Lab.line(2)).getBytes(UTF_8)));
            lab.expect(1, 3);
        }
        lab.stop();
        assertThat(socket).doesNotExist();
    }

    @Test
    void orSendDatagramsToOne() throws IOException {
        Path socket = temporary.resolve("eve.sock");
        lab.start(
                new ListenSource(
                        ListenSettings.of("lab", "unixgram://" + socket, "eve")
                                .withLimits(1_000, 1)));
        lab.await(() -> Files.exists(socket) && permissions(socket).equals("rw-rw----"));
        UnixDatagramSender sender = new UnixDatagramSender(socket);
        for (int i = 1; i < 500; i++) {
            sender.send(Lab.line(i).getBytes(UTF_8));
        }
        sender.send("x".repeat(2_000).getBytes(UTF_8));
        lab.expect(1, 500);
        lab.await(() -> lab.status().overlong() == 1);
        lab.stop();
        assertThat(socket).doesNotExist();
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aSocketThatAKilledServerLeftIsReplacedButNoFile() throws IOException {
        Path socket = temporary.resolve("eve.sock");
        try (var left = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        lab.start(new ListenSource(ListenSettings.of("lab", "unix://" + socket, "eve")));
        lab.await(() -> lab.status().state() == State.LIVE);
        lab.stop();
        Files.writeString(socket, "precious");
        lab.start(new ListenSource(ListenSettings.of("lab", "unix://" + socket, "eve")));
        lab.await(() -> lab.status().state() == State.FAILED);

        assertThat(lab.status().lastError()).contains("a file of that name that is no socket");
        assertThat(socket).hasContent("precious");
    }

    @Test
    void aSilentClientKeepsNobodyElseFromSending() throws IOException {
        int port = listen("tcp");
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port);
                Socket busy = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(silent, "9999 <13>");
            send(busy, "<13>ok\n");
            lab.await(() -> lab.tail(Channel.LOGS) == 1);
            silent.setSoTimeout(1);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> silent.getInputStream().read())
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }
}
