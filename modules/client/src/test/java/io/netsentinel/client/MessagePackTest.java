package io.netsentinel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagePackTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "127",
                "128",
                "-32",
                "-33",
                "2147483647",
                "-2147483648",
                "4294967296",
                "9007199254740991",
                "1.5",
                "true",
                "false",
                "null",
                "\"\"",
                "\"ä\"",
                "[]",
                "{}",
                "{\"a\":[1,{\"b\":null}]}",
                "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]"
            })
    void whatIsWrittenCanBeRead(String json) throws Exception {
        JsonNode value = JSON.readTree(json);
        assertThat(MessagePack.read(MessagePack.write(value)).toString())
                .isEqualTo(value.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 32, 255, 256, 65_535, 65_536})
    void textOfEveryLengthCanBeRead(int length) throws Exception {
        JsonNode value = JSON.getNodeFactory().textNode("x".repeat(length));
        assertThat(MessagePack.read(MessagePack.write(value))).isEqualTo(value);
    }

    @Test
    void formsThatOthersWriteAreReadToo() throws Exception {
        byte[] bytes =
                HexFormat.of()
                        .parseHex(
                                "98cc80cdffffceffffffffcfffffffffffffffffd0ffd1fffeca3fc00000c40101");
        assertThat(MessagePack.read(bytes).toString())
                .isEqualTo("[128,65535,4294967295,18446744073709551615,-1,-2,1.5,\"AQ==\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c1",
                "dd00ffffff",
                "81",
                "92c0",
                "c0c0",
                "dbffffffff",
                "df7fffffff",
                "d9",
                "81c0c0",
                "dd7fffffff",
                "c6ffffffff",
                "d4"
            })
    void whatIsNotMessagePackIsRefused(String hex) {
        assertThatThrownBy(() -> MessagePack.read(HexFormat.of().parseHex(hex)))
                .isInstanceOf(Frames.MalformedException.class);
    }

    @Test
    void depthIsBounded() {
        byte[] deep = new byte[100_000];
        java.util.Arrays.fill(deep, (byte) 0x91);
        assertThatThrownBy(() -> MessagePack.read(deep))
                .isInstanceOf(Frames.MalformedException.class)
                .hasMessageContaining("deeper");
    }
}
