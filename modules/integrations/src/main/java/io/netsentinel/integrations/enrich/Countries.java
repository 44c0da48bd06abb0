package io.netsentinel.integrations.enrich;

import com.maxmind.db.Reader;
import io.netsentinel.events.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A database of countries by address, in MaxMind's format.
public final class Countries {
    private final Reader reader;

    private Countries(Reader reader) {
        this.reader = reader;
    }

    /// Reads a file that somebody may write anew, so it is held in memory: what is mapped would
    /// change under the hands of those who look something up.
    ///
    /// @throws IOException when it cannot be read or is no such database
    public static Countries read(Path file) throws IOException {
        return open(file, Reader.FileMode.MEMORY);
    }

    /// Maps a file that stays as it is, as a part of the program does: of the 8 MB only what is
    /// looked up takes memory.
    ///
    /// @throws IOException when it cannot be read or is no such database
    public static Countries map(Path file) throws IOException {
        return open(file, Reader.FileMode.MEMORY_MAPPED);
    }

    private static Countries open(Path file, Reader.FileMode mode) throws IOException {
        try {
            return new Countries(new Reader(file.toFile(), mode));
        } catch (RuntimeException | InternalError e) {
            // InternalError is what Java says when a mapped file is cut short meanwhile
            throw new IOException("it is damaged", e);
        }
    }

    /// What it says it is, for example `GeoLite2-Country`.
    public String type() {
        return reader.getMetadata().databaseType();
    }

    /// When it was made.
    public Instant built() {
        return reader.getMetadata().buildTime();
    }

    /// The country of an address, two letters; empty when it is not known.
    Optional<String> country(IpAddress address) {
        if (!address.v4() && reader.getMetadata().ipVersion() == 4) {
            return Optional.empty();
        }
        try {
            Map<?, ?> found = reader.get(InetAddress.getByAddress(bytes(address)), Map.class);
            return found == null ? Optional.empty() : code(found);
        } catch (IOException | RuntimeException | InternalError e) {
            // a database that is damaged in one place is still good in others; what Java says when
            // a mapped one was cut short is InternalError
            return Optional.empty();
        }
    }

    private static byte[] bytes(IpAddress address) {
        ByteBuffer bytes = ByteBuffer.allocate(address.v4() ? 4 : 16);
        if (address.v4()) {
            bytes.putInt((int) address.low());
        } else {
            bytes.putLong(address.high()).putLong(address.low());
        }
        return bytes.array();
    }

    /// Where MaxMind, DB-IP and the others put it.
    private static Optional<String> code(Map<?, ?> found) {
        return text(found.get("country_code"))
                .or(() -> within(found.get("country")))
                .or(() -> within(found.get("registered_country")));
    }

    private static Optional<String> within(@Nullable Object value) {
        return value instanceof Map<?, ?> country ? text(country.get("iso_code")) : text(value);
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text && text.matches("[A-Z]{2}")
                ? Optional.of(text)
                : Optional.empty();
    }
}
