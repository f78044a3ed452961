package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchange and refresh, as they go over the wire and as their good answers are read. */
class TokenCallsTest {

    @StartStop
    final MockWebServer server = new MockWebServer();

    private HttpTikTokApi api;

    @BeforeEach
    void open() {
        api = HttpWorld.api(server);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static Map<String, String> query(HttpUrl url) {
        return url.queryParameterNames().stream().collect(Collectors.toMap(Function.identity(), url::queryParameter));
    }

    @Test
    void exchangeIsAnUnsignedGetWithSecretAndCodeInTheQuery() throws Exception {
        server.enqueue(HttpWorld.tokens());
        api.exchange("ROW_c+o/d=e&%ü");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getUrl().encodedPath()).isEqualTo("/api/v2/token/get");
        assertThat(query(request.getUrl()))
                .isEqualTo(Map.of(
                        "app_key",
                        HttpWorld.APP_KEY,
                        "app_secret",
                        HttpWorld.APP_SECRET,
                        "auth_code",
                        "ROW_c+o/d=e&%ü",
                        "grant_type",
                        "authorized_code"));
        assertThat(request.getBodySize()).isZero();
    }

    @Test
    void refreshIsAnUnsignedGetAtTheDerivedUrl() throws Exception {
        server.enqueue(HttpWorld.tokens());
        api.refresh("ROW_r+1");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getUrl().encodedPath()).isEqualTo("/api/v2/token/refresh");
        assertThat(query(request.getUrl()))
                .isEqualTo(Map.of(
                        "app_key",
                        HttpWorld.APP_KEY,
                        "app_secret",
                        HttpWorld.APP_SECRET,
                        "refresh_token",
                        "ROW_r+1",
                        "grant_type",
                        "refresh_token"));
    }

    @Test
    void secretsStandInNoHeaderAndTheRedirectUriNowhere() throws Exception {
        server.enqueue(HttpWorld.tokens());
        server.enqueue(HttpWorld.tokens());
        api.exchange("the-code");
        api.refresh("the-refresh-token");
        for (RecordedRequest request : HttpWorld.received(server)) {
            assertThat(request.getHeaders().names())
                    .isSubsetOf(Set.of("Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"));
            assertThat(request.getHeaders().toString())
                    .doesNotContain(HttpWorld.APP_SECRET, "the-code", "the-refresh-token");
            assertThat(request.getUrl().toString() + request.getHeaders()).doesNotContain("callback-path", "redirect");
        }
    }

    @Test
    void expireInIsAnAbsoluteInstantAlsoBeyond32Bits() throws Exception {
        server.enqueue(HttpWorld.tokens());
        TokenResponse response = api.exchange("c");
        assertThat(response.accessToken()).isEqualTo("ROW_access");
        assertThat(response.refreshToken()).isEqualTo("ROW_refresh");
        assertThat(response.accessTokenExpiresAt()).isEqualTo(Instant.ofEpochSecond(1_791_309_162L));
        assertThat(response.refreshTokenExpiresAt()).isEqualTo(Instant.ofEpochSecond(4_912_765_591L));
        assertThat(response.openId()).isEqualTo("open");
        assertThat(response.scope()).isEqualTo("seller.authorization.info seller.product.basic");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000_000L, 2_147_483_648L, 4_294_967_296L, 253_402_300_799L})
    void everyInstantUpToTheYear9999IsReadExactly(long seconds) throws Exception {
        server.enqueue(HttpWorld.tokensWith("access_token_expire_in", Long.toString(seconds)));
        assertThat(api.refresh("r").accessTokenExpiresAt()).isEqualTo(Instant.ofEpochSecond(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1791309162\"", "1791309162000", "1791309162999", "\"1791309162000\""})
    void anInstantMayAlsoBeTextOrMilliseconds(String json) throws Exception {
        server.enqueue(HttpWorld.tokensWith("access_token_expire_in", json));
        server.enqueue(HttpWorld.tokensWith("refresh_token_expire_in", json));
        Instant end = Instant.ofEpochSecond(1_791_309_162L);
        assertThat(api.exchange("c").accessTokenExpiresAt()).isEqualTo(end);
        assertThat(api.refresh("r").refreshTokenExpiresAt()).isEqualTo(end);
    }

    @Test
    void aCode0ThatIsTextIsSuccessToo() throws Exception {
        server.enqueue(HttpWorld.json("{\"code\":\"0\",\"data\":{" + HttpWorld.TOKENS + "}}")
                .build());
        server.enqueue(HttpWorld.json(HttpWorld.SHOPS.replace("\"code\":0", "\"code\":\"0\""))
                .build());
        assertThat(api.exchange("c").accessToken()).isEqualTo("ROW_access");
        assertThat(api.shops("ROW_access")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void code0IsSuccessWhateverTheHttpStatus(int status) throws Exception {
        server.enqueue(HttpWorld.tokens().newBuilder().code(status).build());
        assertThat(api.exchange("c").accessToken()).isEqualTo("ROW_access");
    }

    @ParameterizedTest
    @CsvSource({"granted_scopes", "seller_name", "seller_base_region", "open_id", "user_type"})
    void fieldsThatOldAnswersLackMayBeMissingOrNull(String field) throws Exception {
        server.enqueue(HttpWorld.tokensWith(field, null));
        server.enqueue(HttpWorld.tokensWith(field, "null"));
        for (int i = 0; i < 2; i++) {
            TokenResponse response = api.exchange("c");
            assertThat(response.accessToken()).isEqualTo("ROW_access");
            assertThat(response.mayHoldShop()).isTrue();
        }
    }

    @Test
    void missingScopesAreUnknownAndNotNone() throws Exception {
        server.enqueue(HttpWorld.tokensWith("granted_scopes", null));
        server.enqueue(HttpWorld.tokensWith("granted_scopes", "[]"));
        assertThat(api.refresh("r").scope()).isNull();
        assertThat(api.refresh("r").scope()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0,true", "4,true", "5,true", "1,false", "2,false", "3,false", "6,false", "-1,false"})
    void onlySellerKindsMayHoldAShop(String userType, boolean seller) throws Exception {
        server.enqueue(HttpWorld.tokensWith("user_type", userType));
        assertThat(api.exchange("c").mayHoldShop()).isEqualTo(seller);
    }

    @Test
    void aRefreshMayLeaveTheRefreshTokenOut() throws Exception {
        server.enqueue(HttpWorld.tokensWith("refresh_token", null));
        TokenResponse response = api.refresh("r");
        assertThat(response.refreshToken()).isNull();
        assertThat(response.accessToken()).isEqualTo("ROW_access");
    }

    @Test
    void tokensOfSeveralThousandCharactersAreRead() throws Exception {
        String longToken = "t".repeat(9000);
        server.enqueue(HttpWorld.tokensWith("access_token", '"' + longToken + '"'));
        assertThat(api.refresh("r".repeat(6000)).accessToken()).isEqualTo(longToken);
        assertThat(server.takeRequest().getUrl().queryParameter("refresh_token"))
                .hasSize(6000);
    }
}
