package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same trees as Jackson's own mapper makes, and the same refusals. */
class JsonTreeTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"text\"",
                "12",
                " ",
                "{\"code\":0,\"data\":{\"a\":[1,{\"b\":null}],\"c\":\"ü😀\\n\"},\"d\":false}",
                "{\"n\":4102444800,\"big\":123456789012345678901234567890,\"f\":1.5e3,\"z\":-0.0}",
                "{\"twice\":1,\"twice\":2}",
                "{\"a\":1} trailing",
                "[[],[[]],{\"\":{}}]"
            })
    void isWhatTheMapperReads(String json) throws Exception {
        assertThat(JsonTree.read(bytes(json)).toString())
                .isEqualTo(MAPPER.readTree(bytes(json)).toString());
        assertThat(JsonTree.read(bytes(json)).isIntegralNumber())
                .isEqualTo(MAPPER.readTree(bytes(json)).isIntegralNumber());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[1,", "{\"a\":}", "{\"a\"", "\"open", "<html>", "{'a':1}", "[1 2]", "{\"a\":01}", "nul"})
    void isRefusedWhereTheMapperRefuses(String json) {
        assertThatThrownBy(() -> MAPPER.readTree(bytes(json))).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JsonTree.read(bytes(json))).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void isRefusedWhenItIsNestedTooDeeply(String opening) {
        String json = opening.repeat(100_000);
        assertThatThrownBy(() -> JsonTree.read(bytes(json))).isInstanceOf(JsonProcessingException.class);
    }
}
