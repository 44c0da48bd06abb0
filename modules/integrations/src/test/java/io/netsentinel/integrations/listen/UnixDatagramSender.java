package io.netsentinel.integrations.listen;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Sends datagrams to a socket in the file system.
final class UnixDatagramSender {
    private final int socket;
    private final MethodHandle write;

    @SuppressWarnings("restricted") // the C library's own call
    UnixDatagramSender(Path path) throws IOException {
        Linker linker = Linker.nativeLinker();
        write =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("write"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG));
        socket = UnixDatagrams.open();
        UnixDatagrams.connect(socket, path);
    }

    void send(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            long count = (long) write.invokeExact(socket, segment, (long) bytes.length);
            if (count != bytes.length) {
                throw new AssertionError("sent " + count);
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
