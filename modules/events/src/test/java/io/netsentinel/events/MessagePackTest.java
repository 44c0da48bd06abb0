package io.netsentinel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/// Checked against the library of the format's authors.
final class MessagePackTest {
    private static final int DEPTH = 32;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pack(String json) {
        return MessagePack.fromJson(utf8(json));
    }

    private static String unpack(byte[] packed) {
        return new String(MessagePack.toJson(packed, DEPTH), StandardCharsets.UTF_8);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static Value library(byte[] packed) throws IOException {
        try (MessageUnpacker unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(packed)) {
            Value value = unpacker.unpackValue();
            assertThat(unpacker.hasNext()).isFalse();
            return value;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "false",
                "\"\"",
                "[0,1,127,128,255,256,65535,65536,4294967295,4294967296,9223372036854775807]",
                "[-1,-32,-33,-128,-129,-32768,-32769,-2147483648,-2147483649,-9223372036854775808]",
                "[18446744073709551615,1.5,-0.25,1.0E300]",
                "{\"a\":{\"b\":[1,{\"c\":\"d\"}]},\"e\":null}",
                "\"gr\u00fc\u00df dich \u20ac \ud83d\ude00 \\\\ \\\" \\n \\u0001\""
            })
    void whatJsonSaysComesBackAndTheLibraryReadsTheSame(String json) throws IOException {
        assertThat(unpack(pack(json))).isEqualTo(json);
        assertThat(pack(json)).isEqualTo(repack(json));
    }

    /// The same text by way of the library's own writer.
    private static byte[] repack(String json) throws IOException {
        Value value = library(pack(json));
        try (MessageBufferPacker packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
            packer.packValue(value);
            byte[] theirs = packer.toByteArray();
            assertThat(pack(json)).as("the shortest form").isEqualTo(theirs);
            return theirs;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 255, 256, 65_535, 65_536})
    void everyLengthHasItsHeader(int length) throws IOException {
        String list = "[" + "7,".repeat(length);
        list = length == 0 ? "[]" : list.substring(0, list.length() - 1) + "]";
        StringBuilder map = new StringBuilder("{");
        for (int i = 0; i < length; i++) {
            map.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(i)
                    .append("\":[")
                    .append(i)
                    .append(']');
        }
        map.append('}');
        String text = "\"" + "x".repeat(length) + "\"";
        assertThat(library(pack(list)).asArrayValue().size()).isEqualTo(length);
        assertThat(library(pack(map.toString())).asMapValue().size()).isEqualTo(length);
        for (String json : new String[] {list, map.toString(), text}) {
            assertThat(pack(json)).isEqualTo(repack(json));
            assertThat(unpack(pack(json))).isEqualTo(json);
        }
    }

    @Test
    void anythingAtRandomComesBack() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            JsonWriter writer = new JsonWriter(100);
            write(writer, random, 3);
            String json = new String(writer.toBytes(), StandardCharsets.UTF_8);
            assertThat(unpack(pack(json))).isEqualTo(json);
            assertThat(pack(json)).isEqualTo(repack(json));
        }
    }

    private static void write(JsonWriter out, Random random, int depth) {
        switch (depth == 0 ? random.nextInt(4) : random.nextInt(6)) {
            case 0 -> out.value(random.nextLong() >> random.nextInt(64));
            case 1 -> out.value(random.nextGaussian() * 1e6);
            case 2 -> out.value(random.nextBoolean());
            case 3 -> out.string(text(random));
            case 4 -> {
                out.raw('[');
                for (int i = random.nextInt(12); i > 0; i--) {
                    write(out, random, depth - 1);
                    out.raw(i == 1 ? ']' : ',');
                    if (i == 1) {
                        return;
                    }
                }
                out.raw(']');
            }
            default -> {
                out.raw('{');
                int size = random.nextInt(18);
                for (int i = 0; i < size; i++) {
                    if (i > 0) {
                        out.raw(',');
                    }
                    out.string(i + text(random));
                    out.raw(':');
                    write(out, random, depth - 1);
                }
                out.raw('}');
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x1_1000) : random.nextInt(0x80);
            text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '?' : point);
        }
        return text.toString();
    }

    @Test
    void whiteSpaceAndEscapesOfJsonAreNotTakenOver() {
        assertThat(unpack(pack(" { \"a\" :\n[ 1 , 2 ]\t, \"\\u0062\" : \"\\/\\u20ac\" } ")))
                .isEqualTo("{\"a\":[1,2],\"b\":\"/\u20ac\"}");
    }

    @Test
    void halfASurrogatePairBecomesTheReplacementCharacter() {
        assertThat(unpack(pack("[\"\\ud800\",\"a\\udc00b\",\"\\ud83d\\ude00\"]")))
                .isEqualTo("[\"\ufffd\",\"a\ufffdb\",\"\ud83d\ude00\"]");
    }

    @Test
    void wholeNumbersAbove64BitsBecomeFloats() throws IOException {
        assertThat(library(pack("18446744073709551616")).asFloatValue().toDouble())
                .isEqualTo(0x1p64);
        assertThat(library(pack("-9223372036854775809")).asFloatValue().toDouble())
                .isEqualTo(-0x1p63);
        assertThat(library(pack("18446744073709551615")).asIntegerValue().asBigInteger())
                .isEqualTo(new BigInteger("18446744073709551615"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "[1 2]",
                "tru",
                "nul",
                "\"a",
                "\"\\",
                "\"\\u12\"",
                "\"\\x\"",
                "-",
                "1-2",
                "--1",
                "1e",
                "[1]]",
                "{} {}",
                "NaN",
                "'a'"
            })
    void whatIsNotJsonIsRefused(String json) {
        assertThatThrownBy(() -> pack(json)).isInstanceOf(MalformedEventException.class);
    }

    @Test
    void nestedJsonOfAnyDepthEndsInAnAnswer() {
        assertThatThrownBy(() -> pack("[".repeat(100_000)))
                .isInstanceOf(MalformedEventException.class);
        assertThat(pack("[".repeat(150) + "]".repeat(150))).hasSize(150);
    }

    @ParameterizedTest
    @CsvSource({
        "ca3fc00000, 1.5",
        "cb3ff8000000000000, 1.5",
        "cc05, 5",
        "cd0005, 5",
        "ce00000005, 5",
        "cf0000000000000005, 5",
        "d0ff, -1",
        "d1ffff, -1",
        "d2ffffffff, -1",
        "d3ffffffffffffffff, -1",
        "d90161, \"a\"",
        "da000161, \"a\"",
        "db0000000161, \"a\"",
        "dc000105, [5]",
        "dd0000000105, [5]",
        "de0001a16105, {\"a\":5}",
        "df00000001d9016105, {\"a\":5}"
    })
    void formsThatAreLongerThanNeededAreRead(String packed, String json) {
        assertThat(unpack(hex(packed))).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "'', not complete",
        "81a161, not complete",
        "cd00, not complete",
        "c0c0, behind the value",
        "82a16101a16102, twice",
        "82a16101d9016102, twice",
        "8101c0, a key is not a string",
        "81c0c0, a key is not a string",
        "81c40161c0, a key is not a string",
        "c40161, binary",
        "c500016100, binary",
        "c60000000161, binary",
        "d40100, extension",
        "d8010000000000000000000000000000000000, extension",
        "c7010000, extension",
        "c800010000, extension",
        "c9000000010000, extension",
        "d6ff00000000, extension",
        "c1, does not have",
        "ca7fc00000, infinite",
        "cb7ff0000000000000, infinite",
        "a2c328, not UTF-8",
        "a3eda080, not UTF-8",
        "a561, a string is shorter than it says",
        "dbffffffff61, a string is shorter than it says",
        "ddffffffff00, shorter than it says",
        "dfffffffffa161, shorter than it says",
        "deffffa161c0, shorter than it says",
        "91dd7fffffff00, shorter than it says"
    })
    void whatJsonDoesNotHaveAndWhatIsNotWholeIsRefusedWithItsPlace(String packed, String reason) {
        assertThatThrownBy(() -> unpack(hex(packed)))
                .isInstanceOf(MessagePackException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("at byte");
    }

    @Test
    void onlySoManyLevelsAreRead() {
        byte[] deep = new byte[DEPTH + 1];
        Arrays.fill(deep, (byte) 0x91);
        deep[DEPTH] = 0x01;
        assertThat(unpack(deep)).isEqualTo("[".repeat(DEPTH) + "1" + "]".repeat(DEPTH));
        byte[] deeper = new byte[1 << 20];
        Arrays.fill(deeper, (byte) 0x91);
        assertThatThrownBy(() -> unpack(deeper)).hasMessageContaining("32 levels");
    }

    /// Every prefix of a good message, and every message with one byte changed, is read or refused.
    @Test
    void damageIsFoundOutOrHarmless() {
        byte[] good = pack("{\"type\":\"publish\",\"id\":70000,\"data\":{\"a\":[1.5,null,\"x\"]}}");
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> unpack(cut)).isInstanceOf(MessagePackException.class);
        }
        int read = 0;
        for (int at = 0; at < good.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = good.clone();
                changed[at] = (byte) value;
                try {
                    unpack(changed);
                    read++;
                } catch (MessagePackException e) {
                    assertThat(e.reason()).contains("at byte");
                }
            }
        }
        assertThat(read).isBetween(1, good.length * 256);
    }

    /// Were a length believed, this would need terabytes.
    @Test
    void lengthsThatAreClaimedTakeNoMemory() {
        for (String header : new String[] {"dd7fffffff", "dfffffffff", "dbffffffff"}) {
            String frame = "91".repeat(DEPTH - 1) + header + "00".repeat(60_000);
            assertThatThrownBy(() -> unpack(hex(frame))).hasMessageContaining("than it says");
        }
    }

    @Test
    void sizesOfNumbersAreThoseWritten() {
        for (long number : new long[] {0, 127, 128, 255, 256, 65_535, 65_536, 1L << 32, 1L << 40}) {
            byte[] target = new byte[9];
            assertThat(MessagePack.put(target, 0, number)).isEqualTo(MessagePack.size(number));
            assertThat(unpack(Arrays.copyOf(target, MessagePack.size(number))))
                    .isEqualTo(Long.toString(number));
        }
        assertThat(MessagePack.mapHeader(15)).isEqualTo((byte) 0x8F);
        assertThatThrownBy(() -> MessagePack.mapHeader(16))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
