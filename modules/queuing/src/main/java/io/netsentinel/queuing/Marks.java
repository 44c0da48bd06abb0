package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// The high-water marks: how far each channel had got when its last commit was told to anyone. Two
/// files are written in turn, each whole and with a checksum, so a torn write destroys one of them
/// at most.
final class Marks implements AutoCloseable {

    /// One channel's mark.
    record Mark(String channel, int number, String epoch, long epochFirst, long top) {}

    /// All marks as they were written once.
    record Snapshot(long sequence, String bootId, boolean clean, List<Mark> marks) {}

    private static final long MAGIC = 0x4e53_4d41_524b_5331L;
    private static final int FIXED = 8 + 4 + 8 + 1 + 1 + 4;
    private static final int PER_MARK = 1 + 2 + 1 + 8 + 8;
    private static final int CHECKSUM = 4;

    private final Path directory;
    private final boolean sync;
    private final List<FileChannel> files = new ArrayList<>();
    private final String bootId = BootId.current();
    private long sequence;

    private Marks(Path directory, boolean sync, long sequence) {
        this.directory = directory;
        this.sync = sync;
        this.sequence = sequence;
    }

    /// The newest intact snapshot.
    static Optional<Snapshot> read(Path directory) {
        return Stream.of(directory.resolve("marks.0"), directory.resolve("marks.1"))
                .map(Marks::readFile)
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(Snapshot::sequence));
    }

    static boolean exist(Path directory) {
        return Files.exists(directory.resolve("marks.0"))
                || Files.exists(directory.resolve("marks.1"));
    }

    static Marks open(Path directory, boolean sync) throws IOException {
        Marks marks =
                new Marks(directory, sync, read(directory).map(Snapshot::sequence).orElse(0L));
        marks.openFiles();
        return marks;
    }

    private void openFiles() throws IOException {
        for (String name : List.of("marks.0", "marks.1")) {
            Path file = directory.resolve(name);
            files.add(
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE));
            Files0600.protect(file);
        }
        if (sync) {
            Files0600.syncDirectory(directory.resolve("marks.0"));
        }
    }

    /// Writes the marks of all channels, over the older of the two files.
    void write(Collection<ChannelLog> channels, boolean clean) throws IOException {
        sequence++;
        FileChannel file = files.get((int) (sequence & 1));
        Files0600.writeFully(file, encode(channels, clean), 0);
        if (sync || clean) {
            file.force(false);
        }
    }

    /// The marks of all channels as the file of a log that was closed cleanly.
    byte[] clean(Collection<ChannelLog> channels) {
        return encode(channels, true).array();
    }

    private ByteBuffer encode(Collection<ChannelLog> channels, boolean clean) {
        List<ChannelLog> list = List.copyOf(channels);
        byte[] boot = bootId.getBytes(StandardCharsets.UTF_8);
        int size = FIXED + boot.length + CHECKSUM;
        for (ChannelLog channel : list) {
            size += PER_MARK + channel.name().length() + channel.epoch().id().length();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putLong(MAGIC).putInt(size).putLong(sequence).put((byte) (clean ? 1 : 0));
        out.put((byte) boot.length).put(boot).putInt(list.size());
        for (ChannelLog channel : list) {
            Epoch epoch = channel.epoch();
            out.put((byte) channel.name().length()).put(ascii(channel.name()));
            out.putShort((short) channel.number());
            out.put((byte) epoch.id().length()).put(ascii(epoch.id()));
            out.putLong(epoch.first()).putLong(channel.tail());
        }
        out.putInt(checksum(out.array(), out.position()));
        return out.flip();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static Optional<Snapshot> readFile(Path file) {
        try {
            return decode(Files.readAllBytes(file));
        } catch (IOException | BufferUnderflowException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<Snapshot> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getLong() != MAGIC) {
            return Optional.empty();
        }
        int size = in.getInt();
        if (size < FIXED
                || size > bytes.length
                || in.getInt(size - CHECKSUM) != checksum(bytes, size - CHECKSUM)) {
            return Optional.empty();
        }
        long sequence = in.getLong();
        boolean clean = in.get() == 1;
        String boot = text(in);
        List<Mark> marks = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            String channel = text(in);
            int number = in.getShort();
            marks.add(new Mark(channel, number, text(in), in.getLong(), in.getLong()));
        }
        return Optional.of(new Snapshot(sequence, boot, clean, List.copyOf(marks)));
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.get()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
