package io.github.tiktokauth.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonIOException;
import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.AuthorizationOptions;
import io.github.tiktokauth.CallbackRequest;
import io.github.tiktokauth.ClaimRequest;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that returns one of these from an endpoint, or logs it as JSON, publishes no secret. */
class AccidentalSerializationTest {

    private static final String SECRET = "SECRET-";

    private interface Serializer {
        String write(Object value) throws Exception;
    }

    private static final Map<String, Serializer> SERIALIZERS = Map.of(
            "Jackson 2",
            value -> new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(value),
            "Jackson 2 that accepts empty beans",
            value -> new com.fasterxml.jackson.databind.ObjectMapper()
                    .findAndRegisterModules()
                    .disable(com.fasterxml.jackson.databind.SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .writeValueAsString(value),
            "Jackson 2 that reads fields",
            value -> new com.fasterxml.jackson.databind.ObjectMapper()
                    .setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.ANY)
                    .writeValueAsString(value),
            "Jackson 3",
            value -> new tools.jackson.databind.ObjectMapper().writeValueAsString(value),
            "Jackson 3 that reads fields",
            value -> tools.jackson.databind.json.JsonMapper.builder()
                    .changeDefaultVisibility(
                            checker -> checker.withVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY))
                    .build()
                    .writeValueAsString(value),
            "Gson",
            value -> new Gson().toJson(value),
            "Gson that knows instants and writes nulls",
            value -> new GsonBuilder()
                    .serializeNulls()
                    .registerTypeAdapter(Instant.class, (com.google.gson.JsonSerializer<Instant>)
                            (instant, type, context) -> new com.google.gson.JsonPrimitive(instant.toString()))
                    .create()
                    .toJson(value));

    private static List<Object> values() {
        return List.of(
                AccessToken.of(SECRET + "token", Instant.EPOCH, "shop", SECRET + "cipher"),
                CallbackRequest.of("user", SECRET + "code", SECRET + "state")
                        .withError("denied")
                        .withShopId("shop")
                        .withRegion("GB")
                        .withBrowserBinding(SECRET + "binding"),
                ClaimRequest.of("user", SECRET + "claim")
                        .withShopId("shop")
                        .withRegion("GB")
                        .withBrowserBinding(SECRET + "binding"),
                AuthorizationOptions.forUser("user")
                        .withHostState(SECRET + "host state")
                        .withScope("scope")
                        .withBrowserBinding(SECRET + "binding"));
    }

    static Stream<Arguments> all() {
        return SERIALIZERS.keySet().stream()
                .sorted()
                .flatMap(name -> values().stream()
                        .map(value -> Arguments.of(name, value.getClass().getSimpleName(), value)));
    }

    static Stream<Arguments> types() {
        return values().stream().map(value -> Arguments.of(value.getClass().getSimpleName(), value));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("all")
    void noSecretIsWritten(String serializer, String type, Object value) throws Exception {
        String written;
        try {
            written = SERIALIZERS.get(serializer).write(value);
        } catch (com.fasterxml.jackson.databind.exc.InvalidDefinitionException
                | tools.jackson.databind.exc.InvalidDefinitionException
                | JsonIOException e) {
            // Refused as a whole; the message must not quote a secret either.
            written = String.valueOf(e.getMessage());
        }
        assertThat(written).doesNotContain(SECRET);
    }

    /** What is not secret is written where fields are read, so that the test above is not empty. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void fieldsThatAreNotSecretAreFound(String type, Object value) throws Exception {
        assertThat(SERIALIZERS.get("Gson that knows instants and writes nulls").write(value))
                .contains(value instanceof AccessToken ? "shop" : "user");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void javaSerializationRefusesIt(String type, Object value) throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(value)).isInstanceOf(NotSerializableException.class);
        }
    }

    /** Frameworks find getters by their names. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void itHasNoBeanGetterAndNoPublicConstructor(String type, Object value) {
        assertThat(Arrays.stream(value.getClass().getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(java.lang.reflect.Method::getName))
                .noneMatch(name -> name.matches("(get|is)[A-Z].*"));
        assertThat(value.getClass().getConstructors()).isEmpty();
        assertThat(value.getClass()).isFinal();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void itsTextHoldsNoSecret(String type, Object value) {
        assertThat(value.toString()).doesNotContain(SECRET);
    }
}
