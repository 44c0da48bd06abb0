package io.netsentinel.integrations.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// What a file begins with: tells a file from another one that took its inode, and finds the copy
/// of a file that was copied and truncated.
///
/// @param length how many bytes were looked at, at most 1,024
/// @param hash the first 64 bits of their SHA-256
record Fingerprint(int length, long hash) {
    /// Of a file without content: fits every file.
    static final Fingerprint NONE = new Fingerprint(0, 0);

    private static final int MAX = 1_024;

    /// Of as much of the file as there is and counts.
    static Fingerprint of(FileChannel channel) throws IOException {
        return of(head(channel, MAX));
    }

    private static Fingerprint of(ByteBuffer head) {
        return head.limit() == 0 ? NONE : new Fingerprint(head.limit(), hash(head.duplicate()));
    }

    private static ByteBuffer head(FileChannel channel, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(length);
        while (head.hasRemaining()) {
            if (channel.read(head, head.position()) < 0) {
                break;
            }
        }
        return head.flip();
    }

    /// Whether the file begins with what this was made of.
    boolean fits(FileChannel channel) throws IOException {
        return length == 0 || of(head(channel, length)).equals(this);
    }

    /// This, or more of the same file when there is more of it now; empty when the file begins
    /// otherwise. Both is found out by one read, so that no other file gets in between.
    Optional<Fingerprint> grown(FileChannel channel) throws IOException {
        if (length == MAX) {
            return fits(channel) ? Optional.of(this) : Optional.empty();
        }
        ByteBuffer head = head(channel, MAX);
        if (head.limit() < length) {
            return Optional.empty();
        }
        boolean same = length == 0 || of(head.slice(0, length)).equals(this);
        return same ? Optional.of(of(head)) : Optional.empty();
    }

    private static long hash(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
