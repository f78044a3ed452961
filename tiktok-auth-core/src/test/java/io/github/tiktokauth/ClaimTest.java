package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.StateStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a claim holds, and which ones are not believed. */
class ClaimTest {

    private static final int COOKIE = 1500;

    private final List<String> stored = new ArrayList<>();
    private final ManualTime time = new ManualTime();
    private final InMemoryStateStore memory = new InMemoryStateStore(time.wall());
    private final ScriptedTikTok tikTok = new ScriptedTikTok(time.wall());
    private final StateStore states = recording(memory);
    private final TestHost host =
            new TestHost(builder -> builder.stateStore(states).time(time).api(tikTok));

    /** Writes down each call but questions of time. */
    private StateStore recording(StateStore real) {
        return (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> {
                    if (!List.of("now", "name").contains(method.getName())) {
                        stored.add(method.getName() + List.of(arguments));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static void assertRejected(Rejection rejection, Runnable call) {
        assertThatExceptionOfType(CallbackRejectedException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.rejection()).isEqualTo(rejection));
    }

    private void assertUnknown(String claim) {
        assertRejected(Rejection.STATE_UNKNOWN, () -> host.auth.claimParked(ClaimRequest.of(USER, claim)));
        assertThat(tikTok.codes).isEmpty();
    }

    @Test
    void aParkedCodeTakesNoPlaceInTheStore() {
        List<String> claims = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            claims.add(host.auth.parkCallback("code-" + i, null));
        }
        assertThat(stored).isEmpty();
        host.auth.claimParked(ClaimRequest.of(USER, claims.get(0)));
        assertThat(tikTok.codes).containsExactly("code-0");
    }

    @Test
    void ofAClaimedCodeOnlyAHashIsStored() {
        String claim = host.auth.parkCallback("the-code", "browser");
        host.auth.claimParked(ClaimRequest.of(USER, claim).withBrowserBinding("browser"));
        assertThat(stored)
                .anyMatch(call -> call.startsWith("rememberOnce"))
                .noneMatch(call -> call.contains("the-code") || call.contains(claim) || call.contains("browser"));
    }

    @Test
    void whatIsRememberedOfClaimsIsClearedAway() {
        for (int i = 0; i < 20; i++) {
            host.auth.claimParked(ClaimRequest.of(USER, host.auth.parkCallback("code-" + i, null)));
        }
        time.advance(Duration.ofMinutes(31));
        host.auth.claimParked(ClaimRequest.of(USER, host.auth.parkCallback("the-last", null)));
        assertThat(memory.purge(1000)).isZero();
    }

    @Test
    void aClaimHidesCodeAndBindingAndIsNeverTheSame() {
        String claim = host.auth.parkCallback("the-code", "browser");
        byte[] sealed = Base64.getUrlDecoder().decode(claim.substring(claim.lastIndexOf('.') + 1));
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("the-code")
                .doesNotContain(Text.sha256("browser"));
        assertThat(host.auth.parkCallback("the-code", "browser")).isNotEqualTo(claim);
        assertThat(claim).matches("[A-Za-z0-9._-]+");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 25, 190, 800})
    void aClaimFitsIntoACookie(int length) {
        String code = "TTP_".repeat(200).substring(0, length);
        String claim = longestKeyId().parkCallback(code, "browser-" + "b".repeat(5000));
        assertThat(claim).hasSizeLessThanOrEqualTo(COOKIE);
        longestKeyId().claimParked(ClaimRequest.of(USER, claim).withBrowserBinding("browser-" + "b".repeat(5000)));
        assertThat(tikTok.codes).containsExactly(code);
    }

    private TikTokAuth longestKeyId() {
        return with("TIKTOK_TOKEN_ENCRYPTION_KEYS", "k".repeat(32) + HttpWorld.KEYS.substring(1));
    }

    private TikTokAuth with(String name, String value) {
        Map<String, String> settings = new HashMap<>(TestHost.SETTINGS);
        settings.put(name, value);
        return TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(host.rows)
                .stateStore(states)
                .time(time)
                .api(tikTok)
                .build();
    }

    @Test
    void aCodeTooLongForACookieIsNotParked() {
        for (String code : List.of("x".repeat(801), "x".repeat(4096), "x".repeat(4097), "店".repeat(800))) {
            assertRejected(Rejection.CODE_REFUSED, () -> host.auth.parkCallback(code, null));
        }
        assertRejected(Rejection.CODE_REFUSED, () -> host.auth.parkCallback("a\u0000b", null));
    }

    @Test
    void aCodeIsParkedAsItIs() {
        for (String code : List.of("a b c", "4102444800000  x", "店", "x ")) {
            host.auth.claimParked(ClaimRequest.of(USER, host.auth.parkCallback(code, null)));
            assertThat(tikTok.codes).last().isEqualTo(code);
        }
    }

    @Test
    void aTruncatedOrChangedClaimIsUnknown() {
        String claim = host.auth.parkCallback("the-code", "browser");
        for (int end = 1; end < claim.length(); end++) {
            assertUnknown(claim.substring(0, end));
            assertUnknown(claim.substring(end));
        }
        for (int i = 0; i < claim.length(); i++) {
            char other = claim.charAt(i) == 'A' ? 'B' : 'A';
            assertUnknown(claim.substring(0, i) + other + claim.substring(i + 1));
        }
        assertUnknown(claim + "A");
        assertUnknown(claim + claim);
        assertThat(stored).as("nothing of it reaches the store").isEmpty();
        host.auth.claimParked(ClaimRequest.of(USER, claim).withBrowserBinding("browser"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"guess", "v1..", "v1.k.", "v1.k.AAAA", "\u0000", "\ud800", "null", "' OR 1=1 --"})
    void aForgedClaimIsUnknown(String claim) {
        assertUnknown(claim);
        assertUnknown(claim.repeat(200_000));
    }

    /** The key is the right one, the place is not: no other ciphertext of the library passes for a claim. */
    @Test
    void anotherCiphertextOfTheSameKeyIsUnknown() {
        AesGcmCipher cipher = AesGcmCipher.ofKeys(HttpWorld.KEYS);
        long end = time.wall().instant().plusSeconds(60).toEpochMilli();
        String name = memory.name();
        for (CipherContext place : List.of(
                new CipherContext(name, "host_state", "", TestHost.APP_KEY),
                new CipherContext("memory_token_store", "claim", "", TestHost.APP_KEY),
                new CipherContext(name, "claim", "x", TestHost.APP_KEY),
                new CipherContext(name, "claim", "", null))) {
            assertUnknown(cipher.encrypt(end + "  the-code", place));
        }
        CipherContext claims = new CipherContext(name, "claim", "", TestHost.APP_KEY);
        for (String text : List.of("", "x", end + " ", end + "", "-1  the-code", "9".repeat(19) + "  the-code")) {
            assertUnknown(cipher.encrypt(text, claims));
        }
        host.auth.claimParked(ClaimRequest.of(USER, cipher.encrypt(end + "  the-code", claims)));
    }

    @Test
    void aClaimOfAnotherAppOrKeyIsUnknown() {
        assertUnknown(with("TIKTOK_CLIENT_ID", "another-app").parkCallback("the-code", null));
        assertUnknown(with("TIKTOK_TOKEN_ENCRYPTION_KEYS", AesGcmCipher.generateKey("k"))
                .parkCallback("the-code", null));
        assertUnknown(with("TIKTOK_TOKEN_ENCRYPTION_KEYS", AesGcmCipher.generateKey("other"))
                .parkCallback("the-code", null));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n"})
    void aMissingClaimIsToldApart(String claim) {
        assertRejected(Rejection.STATE_MISSING, () -> host.auth.claimParked(ClaimRequest.of(USER, claim)));
    }

    @Test
    void aBlankBindingIsAMistakeOfTheHost() {
        assertThatIllegalArgumentException().isThrownBy(() -> host.auth.parkCallback("the-code", " "));
    }

    @Test
    void theWishedShopIsTheOneThatIsConnected() {
        tikTok.shops = List.of(
                new io.github.tiktokauth.spi.StoredShop("1", null, "GB", null, false),
                new io.github.tiktokauth.spi.StoredShop("2", null, "DE", null, false));
        String first = host.auth.parkCallback("code-1", null);
        assertThat(host.auth
                        .claimParked(ClaimRequest.of(USER, first).withShopId("2"))
                        .shop()
                        .shopId())
                .isEqualTo("2");
        String second = host.auth.parkCallback("code-2", null);
        assertThat(host.auth
                        .claimParked(ClaimRequest.of("user-2", second).withRegion("GB"))
                        .shop()
                        .shopId())
                .isEqualTo("1");
    }

    @Test
    void aClaimIsSpentBeforeItsCodeIs() {
        String claim = host.auth.parkCallback("the-code", null);
        tikTok.onExchange(code -> {
            assertRejected(Rejection.STATE_ALREADY_USED, () -> host.auth.claimParked(ClaimRequest.of("user-2", claim)));
            throw ScriptedTikTok.unavailable();
        });
        assertThatExceptionOfType(TikTokUnavailableException.class)
                .isThrownBy(() -> host.auth.claimParked(ClaimRequest.of(USER, claim)));
        assertThat(tikTok.codes).containsExactly("the-code");
    }
}
