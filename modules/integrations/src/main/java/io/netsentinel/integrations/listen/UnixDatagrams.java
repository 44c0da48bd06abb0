package io.netsentinel.integrations.listen;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Datagram sockets in the file system, by the C library of Linux: Java has only the kind with
/// connections. Nothing but the calls themselves.
final class UnixDatagrams {
    private static final int FAMILY = 1;
    private static final int DATAGRAM = 2;
    private static final int SOCKET_LEVEL = 1;
    private static final int RECEIVE_BUFFER = 8;
    private static final int RECEIVE_TIMEOUT = 20;
    private static final int TRY_AGAIN = 11;
    private static final int INTERRUPTED = 4;
    private static final int ADDRESS_BYTES = 110;
    private static final int NAME_AT = 2;
    private static final int TIME_BYTES = 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle OPEN =
            function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle BIND =
            function("bind", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle CONNECT =
            function("connect", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle OPTION =
            function("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, INT));
    private static final MethodHandle RECEIVE =
            function("recv", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

    private UnixDatagrams() {}

    @SuppressWarnings("restricted") // the calls are those of the C library, with its own types
    private static MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                type,
                Linker.Option.captureCallState("errno"));
    }

    /// A new socket.
    static int open() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return checked((int) OPEN.invokeExact(state, FAMILY, DATAGRAM, 0), state, "socket");
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    static void bind(int socket, Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment address = address(arena, path);
            checked((int) BIND.invokeExact(state, socket, address, ADDRESS_BYTES), state, "bind");
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    static void connect(int socket, Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment address = address(arena, path);
            checked(
                    (int) CONNECT.invokeExact(state, socket, address, ADDRESS_BYTES),
                    state,
                    "connect");
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static MemorySegment address(Arena arena, Path path) {
        MemorySegment address = arena.allocate(ADDRESS_BYTES);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) FAMILY);
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, NAME_AT, name.length);
        return address;
    }

    /// How long [#receive(int, MemorySegment, MemorySegment)] waits, and how many bytes may wait
    /// for it.
    static void prepare(int socket, int buffer, int waitMillis) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment size = arena.allocate(INT);
            size.set(INT, 0, buffer);
            MemorySegment time = arena.allocate(TIME_BYTES, Long.BYTES);
            time.set(LONG, 0, waitMillis / 1_000);
            time.set(LONG, Long.BYTES, waitMillis % 1_000 * 1_000L);
            checked(
                    (int)
                            OPTION.invokeExact(
                                    state,
                                    socket,
                                    SOCKET_LEVEL,
                                    RECEIVE_BUFFER,
                                    size,
                                    Integer.BYTES),
                    state,
                    "setsockopt");
            checked(
                    (int)
                            OPTION.invokeExact(
                                    state, socket, SOCKET_LEVEL, RECEIVE_TIMEOUT, time, TIME_BYTES),
                    state,
                    "setsockopt");
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /// Waits for a datagram.
    ///
    /// @param state room for the error's number, [#STATE]
    /// @return its length as far as it fits; -1 when none came in time
    static int receive(int socket, MemorySegment into, MemorySegment state) throws IOException {
        try {
            long count = (long) RECEIVE.invokeExact(state, socket, into, into.byteSize(), 0);
            int error = count < 0 ? (int) ERROR.get(state, 0L) : 0;
            if (error == TRY_AGAIN || error == INTERRUPTED) {
                return -1;
            }
            if (error != 0) {
                throw new IOException("recv failed with error " + error);
            }
            return (int) count;
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /// Room for [#receive(int, MemorySegment, MemorySegment)]'s error number.
    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    static void close(int socket) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            checked((int) CLOSE.invokeExact(state, socket), state, "close");
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static int checked(int result, MemorySegment state, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed with error " + (int) ERROR.get(state, 0L));
        }
        return result;
    }

    private static IOException failure(Throwable e) {
        return switch (e) {
            case IOException io -> io;
            case RuntimeException unexpected -> throw unexpected;
            case Error error -> throw error;
            default -> new IOException(e);
        };
    }
}
