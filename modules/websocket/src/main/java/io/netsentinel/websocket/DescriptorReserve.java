package io.netsentinel.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A few file descriptors held back for bad times. When hardly any others are left these are let
/// go, so that `accept` goes on working and clients can be told 503; a failing `accept` would end
/// Helidon's listener.
final class DescriptorReserve {
    private static final System.Logger LOGGER = System.getLogger(DescriptorReserve.class.getName());
    private static final int SIZE = 16;

    private final List<SocketChannel> held = new ArrayList<>(SIZE);

    /// Has the JDK open what virtual threads wait for sockets with. It does so when one waits
    /// first, and if there is no descriptor left then, no thread of the process can ever wait for
    /// one.
    static void openForWaiting() {
        Thread first = Thread.ofVirtual().name("first-wait").start(DescriptorReserve::await);
        try {
            first.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await() {
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody.setSoTimeout(1);
            nobody.accept().close();
        } catch (SocketTimeoutException e) {
            LOGGER.log(System.Logger.Level.TRACE, "waited as it should", e);
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "a virtual thread cannot wait", e);
        }
    }

    /// Looks how many files the process can still open, and holds or lets go the reserve
    /// accordingly.
    ///
    /// @return true when there are as many again as the reserve holds
    boolean check() {
        int missing = SIZE - held.size();
        List<SocketChannel> probe = open(missing + SIZE);
        boolean enough = probe.size() == missing + SIZE;
        if (enough) {
            held.addAll(probe.subList(0, missing));
            probe = probe.subList(missing, probe.size());
        }
        release(probe);
        if (!enough) {
            close();
        }
        return enough;
    }

    void close() {
        release(held);
        held.clear();
    }

    /// Opens as many as possible, at most `count`.
    private static List<SocketChannel> open(int count) {
        List<SocketChannel> opened = new ArrayList<>(count);
        try {
            while (opened.size() < count) {
                opened.add(SocketChannel.open());
            }
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.TRACE, "no more descriptors", e);
        }
        return opened;
    }

    private static void release(List<SocketChannel> channels) {
        for (SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                LOGGER.log(System.Logger.Level.TRACE, "cannot release a descriptor", e);
            }
        }
    }
}
