package io.netsentinel.events;

/// MessagePack, the same values as JSON in fewer bytes. What JSON cannot say does not exist here
/// either: binary, extension types, keys that are no strings, infinity.
///
/// Both directions go over the bytes once and build no tree.
///
/// [The format](https://github.com/msgpack/msgpack/blob/master/spec.md)
public final class MessagePack {
    private MessagePack() {}

    /// JSON as MessagePack. Whole numbers of up to 64 bits, signed or not, stay whole numbers in
    /// the fewest bytes; all other numbers become 64-bit floats, which is what most readers of JSON
    /// make of them. Half a surrogate pair becomes U+FFFD.
    ///
    /// @param json one value in UTF-8
    /// @throws MalformedEventException when it is not JSON
    public static byte[] fromJson(byte[] json) {
        return new JsonToMessagePack(json).convert();
    }

    /// MessagePack as JSON in UTF-8. Takes memory in proportion to the bytes that are there, never
    /// to a length that they claim.
    ///
    /// @param packed one value and nothing behind it
    /// @param depth how deep maps and arrays may be nested
    /// @throws MessagePackException when it is not MessagePack, too deep, has a key twice in one
    ///   map, or something JSON does not have
    public static byte[] toJson(byte[] packed, int depth) {
        return new MessagePackToJson(packed, depth).convert();
    }

    /// The header of a map of up to 15 entries.
    public static byte mapHeader(int entries) {
        if (entries < 0 || entries > 15) {
            throw new IllegalArgumentException("entries is 0 to 15: " + entries);
        }
        return (byte) (0x80 | entries);
    }

    /// How many bytes a whole number that is not negative takes.
    public static int size(long number) {
        if (number < 0x80) {
            return 1;
        }
        if (number < 0x1_0000) {
            return number < 0x100 ? 2 : 3;
        }
        return number < 0x1_0000_0000L ? 5 : 9;
    }

    /// Writes a whole number that is not negative into an array that has room for it.
    ///
    /// @return the index behind it
    public static int put(byte[] target, int at, long number) {
        int size = size(number);
        if (size == 1) {
            target[at] = (byte) number;
            return at + 1;
        }
        target[at] =
                (byte)
                        switch (size) {
                            case 2 -> 0xCC;
                            case 3 -> 0xCD;
                            case 5 -> 0xCE;
                            default -> 0xCF;
                        };
        return bigEndian(target, at + 1, number, size - 1);
    }

    static int bigEndian(byte[] target, int at, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            target[at + i] = (byte) (value >>> (8 * (bytes - 1 - i)));
        }
        return at + bytes;
    }
}
