package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenCipher;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No record prints a secret, not even one that another record inside it holds. New records are found by themselves; a new kind
 * of secret must be named here.
 */
class SecretsInTextTest {

    private static final String MARK = "SECRET";

    /** Components that hold secrets, whatever record they stand in. */
    private static final Set<String> SECRETS = Set.of(
            "value",
            "accessToken",
            "refreshToken",
            "authUrl",
            "hostState",
            "browserBinding",
            "bindingHash",
            "clientSecret",
            "appSecret",
            "plaintext");

    /** Components whose names mean a secret in some records only. */
    private static final Map<String, Set<String>> SECRETS_OF = Map.of(
            "AuthorizationRequest", Set.of("state"),
            "GivenConsent", Set.of("code"),
            "PendingAuthorization", Set.of("hash", "payload"),
            "StoredState", Set.of("hash"));

    private static final Map<Class<?>, Object> OTHERS = Map.ofEntries(
            Map.entry(boolean.class, false),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(Integer.class, 1),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(Duration.class, Duration.ZERO),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(List.class, List.of()),
            Map.entry(Map.class, Map.of("x-tts-access-token", MARK)),
            Map.entry(URI.class, URI.create("https://host.example/path?sign=" + MARK)),
            Map.entry(CompletableFuture.class, new CompletableFuture<>()),
            Map.entry(AccessToken.class, AccessToken.of(MARK, Instant.EPOCH, "shop", MARK)),
            Map.entry(Dependencies.class, dependencies()),
            Map.entry(Services.class, Services.of(dependencies())),
            Map.entry(RefreshOutcome.class, new RefreshOutcome.Busy()),
            Map.entry(JsonNode.class, new ObjectMapper().createObjectNode().put("access_token", MARK)),
            Map.entry(StoreException.class, new StoreException(StoreException.Kind.OTHER, "text", null)),
            Map.entry(CipherException.class, new CipherException(CipherException.Problem.MALFORMED, "text")));

    private static Dependencies dependencies() {
        Map<String, String> settings = new HashMap<>(TestHost.SETTINGS);
        settings.put("TIKTOK_CLIENT_SECRET", MARK);
        TikTokConfig config = TikTokConfig.fromMap(settings);
        TokenCipher cipher = Objects.requireNonNull(config.cipher());
        InstantSource clock = InstantSource.system();
        return new Dependencies(
                config,
                Settings.DEFAULT,
                new InMemoryTokenStore(clock),
                new InMemoryStateStore(clock),
                cipher,
                new ScriptedTikTok(clock),
                Time.SYSTEM,
                shops -> shops.stream().findFirst(),
                List.of(),
                null,
                null);
    }

    static Stream<Class<?>> records() throws Exception {
        Path classes = Path.of(TikTokAuth.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<String> names = files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace(File.separatorChar, '.'))
                    .toList();
            return names.stream().<Class<?>>map(SecretsInTextTest::load).filter(Class::isRecord);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, SecretsInTextTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return fail("cannot load " + name, e);
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordPrintsNoSecret(Class<?> type) {
        assertThat(sample(type, "").toString()).doesNotContain(MARK);
    }

    @Test
    void theRecordsThatHoldSecretsAreAmongThem() throws Exception {
        assertThat(records().map(Class::getSimpleName))
                .contains(
                        "AuthorizationRequest",
                        "GivenConsent",
                        "PendingAuthorization",
                        "StoredTokens",
                        "StoredState",
                        "TokenResponse",
                        "PlainTokens")
                .hasSizeGreaterThan(25);
    }

    @Test
    void aRecordThatPrintedASecretWouldBeFound() {
        record Careless(String accessToken) {}
        assertThat(sample(Careless.class, "").toString()).contains(MARK);
    }

    /** A value of a type, with marks wherever a secret stands. */
    private static Object sample(Class<?> type, String name) {
        if (type == String.class) {
            return SECRETS.contains(name) ? MARK + "-" + name : "plain";
        }
        Object value = OTHERS.get(type);
        if (value == null && type.isRecord()) {
            return sampleRecord(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return value != null ? value : fail("this test needs a sample of " + type + " for the component " + name);
    }

    private static Object sampleRecord(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Set<String> more = SECRETS_OF.getOrDefault(type.getSimpleName(), Set.of());
        Object[] values = Arrays.stream(components)
                .map(c -> more.contains(c.getName()) ? MARK + "-" + c.getName() : sample(c.getType(), c.getName()))
                .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            return fail("cannot make a sample of " + type, e);
        }
    }
}
