package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.APP_KEY;
import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenCipher;
import io.github.tiktokauth.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A row belongs to one TikTok app; one that was adopted from elsewhere gets its App Key with the first refresh. */
class AppKeyTest {

    private static final TokenCipher CIPHER =
            TikTokConfig.fromMap(TestHost.SETTINGS).cipher();

    private final List<List<Object>> calls = new ArrayList<>();
    private final ManualTime time = new ManualTime();
    private final InMemoryTokenStore rows = new InMemoryTokenStore(time.wall());
    private final ScriptedTikTok tikTok = new ScriptedTikTok(time.wall());
    private final TestHost host = new TestHost(
            builder -> builder.tokenStore(adopting(rows)).time(time).api(tikTok));
    private boolean adopted;

    /** Writes down the calls; rows of the first generation have no App Key if the test says so. */
    private TokenStore adopting(TokenStore real) {
        return (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    List<Object> call = new ArrayList<>(List.of(method.getName()));
                    call.addAll(arguments == null ? List.of() : Arrays.asList(arguments));
                    calls.add(call);
                    try {
                        return withoutKey(method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Object withoutKey(Object answer) {
        if (adopted && answer instanceof Optional<?> found) {
            return found.map(this::withoutKey);
        } else if (adopted && answer instanceof List<?> page) {
            return page.stream().map(this::withoutKey).toList();
        } else if (adopted && answer instanceof DueAuthorization due) {
            return new DueAuthorization((StoredAuthorization) withoutKey(due.authorization()), due.dueAt());
        } else if (adopted && answer instanceof StoredAuthorization row && row.generation() == 1) {
            return row.toBuilder().appKey(null).build();
        }
        return answer;
    }

    @AfterEach
    void close() {
        host.close();
    }

    private List<Object> call(String method) {
        return calls.stream()
                .filter(call -> call.get(0).equals(method))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private StoredAuthorization row() {
        return rows.find(USER).orElseThrow();
    }

    private TokenEncryption of(@Nullable String appKey) {
        return new TokenEncryption(CIPHER, rows.name(), appKey);
    }

    /** The store behind keeps a key for it that nobody is shown. */
    private void adopt(String hidden) {
        adopted = true;
        StoredTokens sealed =
                of(null).seal(USER, PlainTokens.first(tikTok.tokenResponse("adopted", "adopted-refresh"), rows::now));
        rows.connect(new NewAuthorization(USER, hidden, TestHost.SHOP, sealed, null));
    }

    @Test
    void aConnectionIsStoredWithTheAppKeyAndTheNumberOfShops() {
        tikTok.shops = List.of(TestHost.SHOP, new io.github.tiktokauth.spi.StoredShop("2", null, "DE", null, false));
        host.connect();
        assertThat(row().appKey()).isEqualTo(APP_KEY);
        assertThat(row().authorizedShops()).isEqualTo(2);
    }

    @Test
    void aRefreshWritesTheAppKey() {
        host.connect();
        host.auth.refresh(USER);
        List<Object> saved = call("saveTokens");
        assertThat(saved.get(3)).isEqualTo(APP_KEY);
        assertThat(row().appKey()).isEqualTo(APP_KEY);
    }

    @Test
    void dueAuthorizationsAreAskedForByAppKey() {
        host.auth.maintenance().refreshDue(Duration.ofDays(2), 10);
        assertThat(call("findDue").get(2)).isEqualTo(List.of(APP_KEY));
    }

    @Test
    void storedTokensDoNotDecryptAsThoseOfAnotherApp() {
        host.connect();
        TokenEncryption encryption = of(APP_KEY);
        assertThat(encryption.accessToken(row()).value()).isEqualTo("access-1");
        for (String other : new String[] {"another-app", "", null}) {
            StoredAuthorization copied = row().toBuilder().appKey(other).build();
            assertThatExceptionOfType(CipherException.class).isThrownBy(() -> encryption.accessToken(copied));
            assertThatExceptionOfType(CipherException.class).isThrownBy(() -> encryption.refreshToken(copied));
        }
    }

    @Test
    void anAdoptedRowServesAndGetsTheAppKeyWithItsFirstRefresh() {
        adopt("hidden");
        assertThat(host.auth.getValidAccessToken(USER).value()).isEqualTo("adopted");
        assertThat(host.auth.maintenance().diagnose(USER).freshness()).isEqualTo(Freshness.FRESH);
        time.advance(Duration.ofDays(8));
        assertThat(host.auth.getValidAccessToken(USER).value()).isEqualTo("access-1");
        assertThat(tikTok.spent).containsExactly("adopted-refresh");
        assertThat(row().appKey()).isEqualTo(APP_KEY);
        assertThat(of(APP_KEY).refreshToken(row())).isEqualTo("refresh-1");
    }

    @Test
    void anAdoptedRowIsRefreshedWhenItIsDue() {
        adopt(APP_KEY);
        time.advance(Duration.ofDays(6));
        assertThat(host.auth.maintenance().refreshDue(Duration.ofDays(2), 10))
                .isEqualTo(new RefreshReport(1, 0, 0, false));
        assertThat(tikTok.spent).containsExactly("adopted-refresh");
        assertThat(call("saveTokens").get(3)).isEqualTo(APP_KEY);
        assertThat(of(APP_KEY).refreshToken(row())).isEqualTo("refresh-1");
    }
}
