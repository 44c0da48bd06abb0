import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/// An archive of classes as `-Xshare:dump` of JDK 25 writes it, and when it was made.
///
/// Among the archived objects are `SoftReference`s, each with the time it was last used. That is the time of the making, and
/// it and the checksums over it are all that two archives of one list differ in. Where they stand is found by comparing
/// two: nothing need be known of the objects, only where the checksums are, and those are recognised by being right. Anything
/// else that differs is said: the archive hangs on something that is not in the sources.
final class ArchiveFile {
    private static final int CHECKSUM = 4;
    private static final int HEADER_SIZE = 12;
    private static final int CHECKED_HEADER = 16;
    private static final int REGIONS = 24;
    private static final int REGION_SIZE = 96;
    private static final int REGION_COUNT = 4;
    private static final int REGION_OFFSET = 24;
    private static final int REGION_USED = 40;
    /// As if not used since the machine was started: Java may let go of what is not used again.
    private static final long NO_TIME = 0;

    private final ByteBuffer bytes;
    private final long from;
    private final long to;

    ArchiveFile(byte[] content, long from, long to) {
        bytes = ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
        this.from = from;
        this.to = to;
    }

    void write(Path file) throws IOException {
        Files.write(file, bytes.array());
    }

    /// Makes this one equal to what is made of `again`.
    ///
    /// @throws UnknownArchiveException when it is not understood; this one is of no use then
    void takeTimesOut(ArchiveFile again) throws UnknownArchiveException {
        checkSums();
        again.checkSums();
        if (bytes.capacity() != again.bytes.capacity()) {
            throw new UnknownArchiveException("two archives of one list differ in size: " + bytes.capacity() + " and " + again.bytes.capacity());
        }
        for (int at = bytes.getInt(HEADER_SIZE); at <= bytes.capacity() - Long.BYTES; at += Long.BYTES) {
            if (bytes.getLong(at) != again.bytes.getLong(at)) {
                noTime(at);
                again.noTime(at);
            }
        }
        sum();
        again.sum();
        if (!bytes.equals(again.bytes)) {
            throw new UnknownArchiveException("two archives of one list differ at " + bytes.mismatch(again.bytes));
        }
    }

    private void noTime(int at) throws UnknownArchiveException {
        long time = bytes.getLong(at);
        if (time < from || time > to) {
            throw new UnknownArchiveException("two archives of one list differ at " + at + ", and not by the time: " + time);
        }
        bytes.putLong(at, NO_TIME);
    }

    /// The checksums are where they are looked for.
    private void checkSums() throws UnknownArchiveException {
        for (int region = 0; region < REGION_COUNT; region++) {
            if (bytes.getInt(checksumOf(region)) != regionSum(region)) {
                throw new UnknownArchiveException("the checksum of part " + region + " of the archive is not where it was with JDK 25");
            }
        }
        if (bytes.getInt(CHECKSUM) != headerSum()) {
            throw new UnknownArchiveException("the checksum of the archive is not where it was with JDK 25");
        }
    }

    private void sum() {
        for (int region = 0; region < REGION_COUNT; region++) {
            bytes.putInt(checksumOf(region), regionSum(region));
        }
        bytes.putInt(CHECKSUM, headerSum());
    }

    private static int checksumOf(int region) {
        return REGIONS + region * REGION_SIZE;
    }

    private int regionSum(int region) {
        int start = checksumOf(region);
        return sum((int) bytes.getLong(start + REGION_OFFSET), (int) bytes.getLong(start + REGION_USED));
    }

    private int headerSum() {
        return sum(CHECKED_HEADER, bytes.getInt(HEADER_SIZE) - CHECKED_HEADER);
    }

    /// Of a part that is not in the file, as where a header is read that is none: 0.
    private int sum(int start, int length) {
        if (start < 0 || length < 0 || start > bytes.capacity() - length) {
            return 0;
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes.array(), start, length);
        return (int) checksum.getValue();
    }
}
