package io.netsentinel.app.demo;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// Community ID 1 with seed 0 of TCP and UDP flows: the same for both directions.
final class CommunityId {
    private CommunityId() {}

    /// @param protocol the IP protocol's number
    static String of(
            InetAddress source,
            int sourcePort,
            InetAddress destination,
            int destinationPort,
            int protocol) {
        byte[] from = source.getAddress();
        byte[] to = destination.getAddress();
        int order = Arrays.compareUnsigned(from, to);
        boolean swap = order > 0 || (order == 0 && sourcePort > destinationPort);
        ByteArrayOutputStream tuple = new ByteArrayOutputStream();
        tuple.writeBytes(new byte[2]);
        tuple.writeBytes(swap ? to : from);
        tuple.writeBytes(swap ? from : to);
        tuple.write(protocol);
        tuple.write(0);
        writePort(tuple, swap ? destinationPort : sourcePort);
        writePort(tuple, swap ? sourcePort : destinationPort);
        return "1:" + Base64.getEncoder().encodeToString(sha1(tuple.toByteArray()));
    }

    private static void writePort(ByteArrayOutputStream tuple, int port) {
        tuple.write(port >> 8);
        tuple.write(port);
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
