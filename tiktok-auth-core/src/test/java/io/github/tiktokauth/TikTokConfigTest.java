package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tiktokauth.crypto.AesGcmCipher;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokConfigTest {

    private static final String KEYS = AesGcmCipher.generateKey("k1");
    private static final Set<String> URLS = Set.of(
            "TIKTOK_REDIRECT_URI", "TIKTOK_BASE_URL", "TIKTOK_AUTH_URL", "TIKTOK_TOKEN_URL", "TIKTOK_REFRESH_URL");

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "TIKTOK_CLIENT_ID", "29a39d",
            "TIKTOK_CLIENT_SECRET", "e59af819cc",
            "TIKTOK_REDIRECT_URI", "https://host.example/tiktok/callback",
            "TIKTOK_SERVICE_ID", "7173208411114522370"));

    private TikTokConfig config() {
        return TikTokConfig.fromMap(settings);
    }

    private TikTokConfig with(String name, String value) {
        settings.put(name, value);
        return config();
    }

    private List<String> problems() {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, this::config);
        assertThat(e).as("the refusal of the settings").isNotNull();
        assertThat(e).hasNoCause().hasMessage(String.join("; ", e.problems()));
        return e.problems();
    }

    private void assertOneProblem(String name) {
        assertThat(problems()).singleElement().asString().startsWith(name);
    }

    @Test
    void withoutTlsIsOnlyWhoAsksNobodyByHttps() {
        String here = "http://127.0.0.1:8080";
        assertThat(config().usesTls()).isTrue();
        with("TIKTOK_BASE_URL", here);
        assertThat(with("TIKTOK_TOKEN_URL", here + "/api/v2/token/get").usesTls())
                .isFalse();
        assertThat(with("TIKTOK_REFRESH_URL", "https://token.example/renew").usesTls())
                .isTrue();
        settings.put("TIKTOK_REFRESH_URL", here + "/renew");
        assertThat(with("TIKTOK_BASE_URL", "https://gateway.example").usesTls()).isTrue();
        settings.put("TIKTOK_BASE_URL", here);
        assertThat(with("TIKTOK_TOKEN_URL", "HTTPS://token.example/api/v2/token/get")
                        .usesTls())
                .isTrue();
    }

    @Test
    void fourSettingsAreEnough() {
        TikTokConfig config = config();
        assertThat(config.clientId()).isEqualTo("29a39d");
        assertThat(config.clientSecret()).isEqualTo("e59af819cc");
        assertThat(config.redirectUri()).hasToString("https://host.example/tiktok/callback");
        assertThat(config.serviceId()).isEqualTo("7173208411114522370");
        assertThat(config.baseUrl()).hasToString("https://open-api.tiktokglobalshop.com");
        assertThat(config.authUrl()).hasToString("https://services.tiktokshop.com/open/authorize");
        assertThat(config.tokenUrl()).hasToString("https://auth.tiktok-shops.com/api/v2/token/get");
        assertThat(config.refreshUrl()).hasToString("https://auth.tiktok-shops.com/api/v2/token/refresh");
        assertThat(config.cacheTtl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.cipher()).isNull();
    }

    @Test
    void allThatIsMissingIsToldAtOnce() {
        settings.clear();
        assertThat(problems())
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).startsWith("TIKTOK_CLIENT_ID is missing"),
                        p -> assertThat(p).startsWith("TIKTOK_CLIENT_SECRET is missing"),
                        p -> assertThat(p).startsWith("TIKTOK_REDIRECT_URI is missing"),
                        p -> assertThat(p).startsWith("TIKTOK_SERVICE_ID is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIKTOK_CLIENT_ID", "TIKTOK_CLIENT_SECRET", "TIKTOK_REDIRECT_URI", "TIKTOK_SERVICE_ID"})
    void eachMandatorySettingIsMissedByName(String name) {
        settings.remove(name);
        assertOneProblem(name + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void emptyValuesCountAsAbsent(String blank) {
        for (String name : List.of(
                "TIKTOK_BASE_URL",
                "TIKTOK_AUTH_URL",
                "TIKTOK_TOKEN_URL",
                "TIKTOK_REFRESH_URL",
                "TIKTOK_API_VERSION",
                "TIKTOK_TOKEN_ENCRYPTION_KEYS",
                "TIKTOK_TOKEN_CACHE_SECONDS")) {
            settings.put(name, blank);
        }
        fourSettingsAreEnough();
        settings.put("TIKTOK_CLIENT_SECRET", blank);
        assertOneProblem("TIKTOK_CLIENT_SECRET is missing");
    }

    @Test
    void absentValuesAndOtherNamesArePassedOver() {
        settings.put("TIKTOK_BASE_URL", null);
        settings.put("TIKTOK_SOMETHING_ELSE", "whatever");
        settings.put("PATH", "/bin");
        settings.put(null, "whatever");
        fourSettingsAreEnough();
    }

    @Test
    void blanksAroundValuesDoNotCount() {
        assertThat(with("TIKTOK_CLIENT_ID", " 29a39d\n").clientId()).isEqualTo("29a39d");
    }

    @Test
    void allThatIsWrongIsToldAtOnceByNameAndNeverByValue() {
        Map<String, String> wrong = Map.of(
                "TIKTOK_REDIRECT_URI", "marker redirect",
                "TIKTOK_BASE_URL", "http://marker.example",
                "TIKTOK_AUTH_URL", "marker:auth",
                "TIKTOK_TOKEN_URL", "https://user:marker@host.example/get",
                "TIKTOK_REFRESH_URL", "https://host.example/refresh?marker=1",
                "TIKTOK_SERVICE_ID", "marker-service",
                "TIKTOK_API_VERSION", "marker-version",
                "TIKTOK_TOKEN_CACHE_SECONDS", "marker-seconds",
                "TIKTOK_TOKEN_ENCRYPTION_KEYS", "k1:marker-key");
        settings.putAll(wrong);
        settings.remove("TIKTOK_CLIENT_ID");
        settings.put("TIKTOK_CLIENT_SECRET", "marker-secret");
        List<String> problems = problems();
        for (String name : wrong.keySet()) {
            assertThat(problems).as(name).anyMatch(problem -> problem.startsWith(name));
        }
        assertThat(problems).anyMatch(problem -> problem.startsWith("TIKTOK_CLIENT_ID"));
        assertThat(problems).noneMatch(problem -> problem.contains("marker"));
    }

    static Stream<String> urlNames() {
        return URLS.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("urlNames")
    void urlsAreAbsoluteHttpsUrls(String name) {
        for (String bad : List.of(
                "host.example/get",
                "/get",
                "https:///get",
                "https:get",
                "ftp://host.example/get",
                "http://host.example/get",
                "http://127.0.0.1.host.example/get",
                "http://localhost.host.example/get",
                "http://10.0.0.1/get",
                "http://128.0.0.1/get",
                "http://1127.0.0.1/get",
                "http://127.0.0.256/get",
                "https://user@host.example/get",
                "https://user:password@host.example/get",
                "https://host.example/get#fragment",
                "https://host.example/a b",
                "https://host example/get",
                "javascript:alert(1)",
                "https://[::1/get")) {
            settings.put(name, bad);
            assertThat(problems()).as(bad).singleElement().asString().startsWith(name + " ");
        }
    }

    @ParameterizedTest
    @MethodSource("urlNames")
    void httpIsForLoopbackAddressesOnly(String name) {
        for (String host : List.of(
                "localhost",
                "127.0.0.1",
                "[::1]",
                "localhost:8000",
                "127.0.0.1:1",
                "[::1]:9",
                "127.0.1.1",
                "127.9.9.9:1")) {
            settings.put(name, "http://" + host + "/get");
            assertThat(config().toString()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIKTOK_BASE_URL", "TIKTOK_TOKEN_URL", "TIKTOK_REFRESH_URL"})
    void urlsThatGetAQueryOfOursHoldNone(String name) {
        settings.put("TIKTOK_REFRESH_URL", "https://host.example/refresh");
        settings.put(name, "https://host.example/get?a=b");
        assertOneProblem(name + " must not hold a query");
    }

    @Test
    void theGatewayIsKeptWithoutTheSlashAtItsEnd() {
        assertThat(with("TIKTOK_BASE_URL", "https://gateway.example/").baseUrl())
                .hasToString("https://gateway.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://host.example/", "https://host.example/callback/", "https://host.example/c?a=b/"})
    void theRedirectUrlIsKeptAsItIsRegistered(String url) {
        assertThat(with("TIKTOK_REDIRECT_URI", url).redirectUri()).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://token.example/api/v2/token/get,https://token.example/api/v2/token/refresh",
        "http://127.0.0.1:8000/get,http://127.0.0.1:8000/refresh",
        "https://token.example/get/token/get,https://token.example/get/token/refresh"
    })
    void theRefreshUrlIsDerivedFromTheTokenUrl(String tokenUrl, String refreshUrl) {
        assertThat(with("TIKTOK_TOKEN_URL", tokenUrl).refreshUrl()).hasToString(refreshUrl);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://token.example/token", "https://token.example/forget", "https://token.example/GET"})
    void aRefreshUrlThatCannotBeDerivedMustBeGiven(String tokenUrl) {
        settings.put("TIKTOK_TOKEN_URL", tokenUrl);
        assertOneProblem("TIKTOK_REFRESH_URL is missing");
        assertThat(with("TIKTOK_REFRESH_URL", "https://token.example/renew").refreshUrl())
                .hasToString("https://token.example/renew");
        assertThat(config().tokenUrl()).hasToString(tokenUrl);
    }

    @Test
    void theApiVersionStandsInTheDefaultTokenUrlOnly() {
        TikTokConfig config = with("TIKTOK_API_VERSION", "v3");
        assertThat(config.tokenUrl()).hasToString("https://auth.tiktok-shops.com/api/v3/token/get");
        assertThat(config.refreshUrl()).hasToString("https://auth.tiktok-shops.com/api/v3/token/refresh");
        assertThat(config.baseUrl()).hasToString(TikTokConfig.DEFAULT_BASE_URL);
        assertThat(with("TIKTOK_TOKEN_URL", "https://token.example/v9/get").tokenUrl())
                .hasToString("https://token.example/v9/get");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "v", "v2/../x", "V2", "v1234", "202309"})
    void anApiVersionIsALetterAndANumber(String version) {
        settings.put("TIKTOK_API_VERSION", version);
        assertOneProblem("TIKTOK_API_VERSION");
    }

    @ParameterizedTest
    @ValueSource(strings = {"29a39d", "-1", "12345678901234567890123456", "7173208411114522370x", "１２３"})
    void aServiceIdIsANumber(String serviceId) {
        settings.put("TIKTOK_SERVICE_ID", serviceId);
        assertOneProblem("TIKTOK_SERVICE_ID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://services.tiktokshop.com/open/authorize?service_id=7173208411114522370",
                "https://services.us.tiktokshop.com/open/authorize?a=b&service_id=7",
                "https://auth.tiktok-shops.com/oauth/authorize"
            })
    void someConsentUrlsNeedNoServiceId(String authUrl) {
        settings.remove("TIKTOK_SERVICE_ID");
        assertThat(with("TIKTOK_AUTH_URL", authUrl).authUrl()).hasToString(authUrl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://services.us.tiktokshop.com/open/authorize",
                "https://services.us.tiktokshop.com/open/authorize?service_id=",
                "https://services.us.tiktokshop.com/open/authorize?my_service_id=7",
                "https://services.us.tiktokshop.com/open/authorize?a=service_id=7"
            })
    void theOtherConsentUrlsNeedOne(String authUrl) {
        settings.remove("TIKTOK_SERVICE_ID");
        settings.put("TIKTOK_AUTH_URL", authUrl);
        assertOneProblem("TIKTOK_SERVICE_ID is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "30", "3600"})
    void theCacheLastsUpToAnHour(String seconds) {
        assertThat(with("TIKTOK_TOKEN_CACHE_SECONDS", seconds).cacheTtl())
                .isEqualTo(Duration.ofSeconds(Long.parseLong(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3601", "-1", "1.5", "30s", "99999999999999999999", "PT30S"})
    void otherCacheTimesAreRefused(String seconds) {
        settings.put("TIKTOK_TOKEN_CACHE_SECONDS", seconds);
        assertOneProblem("TIKTOK_TOKEN_CACHE_SECONDS");
    }

    @Test
    void theKeyRingIsRead() {
        AesGcmCipher cipher = with("TIKTOK_TOKEN_ENCRYPTION_KEYS", AesGcmCipher.generateKey("k2") + "," + KEYS)
                .cipher();
        assertThat(cipher).hasToString("AesGcmCipher[active key k2, 2 in the ring]");
    }

    @Test
    void aBadKeyRingIsRefusedWithoutQuotingKeys() {
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", KEYS + "AAAA");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("TIKTOK_TOKEN_ENCRYPTION_KEYS")
                .doesNotContain(KEYS.substring(3, 15));
    }

    @Test
    void theEnvironmentIsReadLikeAMap() {
        assertThat(catchThrowableOfType(TikTokAuthException.class, TikTokConfig::fromEnvironment))
                .usingRecursiveComparison()
                .comparingOnlyFields("problems")
                .isEqualTo(
                        catchThrowableOfType(TikTokAuthException.class, () -> TikTokConfig.fromMap(System.getenv())));
    }

    @Test
    void toStringHoldsNoSecret() {
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", KEYS);
        assertThat(config().toString()).doesNotContain("e59af819cc").doesNotContain(KEYS.substring(3));
    }
}
