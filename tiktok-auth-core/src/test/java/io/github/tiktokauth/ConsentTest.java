package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start of a consent: its link, its state, and what is kept of it. */
class ConsentTest {

    private final TestHost host = new TestHost();
    private final List<StoredState> saved = new ArrayList<>();

    private TikTokAuth with(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(TestHost.SETTINGS);
        settings.putAll(changes);
        StateStore watched = (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("save")) {
                        saved.add((StoredState) arguments[0]);
                    }
                    return method.invoke(host.states, arguments);
                });
        return TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(host.rows)
                .stateStore(watched)
                .time(host.time)
                .api(host.tikTok)
                .build();
    }

    private static HttpUrl url(AuthorizationRequest request) {
        return HttpUrl.get(request.authUrl());
    }

    @Test
    void theLinkHoldsServiceIdAndStateAndNothingElse() {
        AuthorizationRequest request = host.auth.initiate(USER);
        HttpUrl url = url(request);
        assertThat(url.newBuilder().query(null).build()).hasToString("https://services.tiktokshop.com/open/authorize");
        assertThat(url.queryParameterNames()).containsExactlyInAnyOrder("service_id", "state");
        assertThat(url.queryParameter("service_id")).isEqualTo("7000000000000000001");
        assertThat(url.queryParameter("state")).isEqualTo(request.state());
    }

    @Test
    void theLegacyLinkTakesTheAppKeyInstead() {
        TikTokAuth auth = with(
                Map.of("TIKTOK_AUTH_URL", "https://auth.tiktok-shops.com/oauth/authorize", "TIKTOK_SERVICE_ID", ""));
        HttpUrl url = url(auth.initiate(USER));
        assertThat(url.queryParameterNames()).containsExactlyInAnyOrder("app_key", "state");
        assertThat(url.queryParameter("app_key")).isEqualTo("app-key");
    }

    @Test
    void aCopiedLinkKeepsTheServiceIdItHoldsAndLosesAState() {
        TikTokAuth auth = with(Map.of(
                "TIKTOK_AUTH_URL",
                "https://services.us.tiktokshop.com/open/authorize?service_id=7000000000000000002&state=old",
                "TIKTOK_SERVICE_ID",
                ""));
        AuthorizationRequest request = auth.initiate(USER);
        HttpUrl url = url(request);
        assertThat(url.host()).isEqualTo("services.us.tiktokshop.com");
        assertThat(url.queryParameterValues("service_id")).containsExactly("7000000000000000002");
        assertThat(url.queryParameterValues("state")).containsExactly(request.state());
    }

    @Test
    void aStateIs43UrlSafeCharactersAndNeverTheSame() {
        Set<String> states = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String state = host.auth.initiate("user-" + i).state();
            assertThat(state).matches("[A-Za-z0-9_-]{43}");
            states.add(state);
        }
        assertThat(states).hasSize(1000);
    }

    @Test
    void everyPositionOfAStateVaries() {
        List<Set<Character>> positions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String state = host.auth.initiate(USER).state();
            for (int at = 0; at < state.length(); at++) {
                if (positions.size() <= at) {
                    positions.add(new HashSet<>());
                }
                positions.get(at).add(state.charAt(at));
            }
        }
        assertThat(positions).allSatisfy(seen -> assertThat(seen).hasSizeGreaterThan(10));
    }

    @Test
    void onlyHashesAndCiphertextsAreKept() {
        AuthorizationRequest request = with(Map.of())
                .initiate(AuthorizationOptions.forUser(USER)
                        .withHostState("go to /orders")
                        .withScope("seller.order.info")
                        .withBrowserBinding("the-cookie"));
        StoredState kept = saved.get(0);
        assertThat(kept.hash()).isEqualTo(Text.sha256(request.state())).hasSize(64);
        assertThat(kept.userId()).isEqualTo(USER);
        assertThat(kept.bindingHash()).isEqualTo(Text.sha256("the-cookie"));
        assertThat(kept.scope()).isEqualTo("seller.order.info");
        assertThat(kept.hostState()).isNotNull();
        assertThat(List.of(kept.hash(), kept.hostState(), kept.bindingHash()))
                .allSatisfy(text -> assertThat(text).doesNotContain(request.state(), "orders", "the-cookie"));
    }

    @Test
    void aHostsOwnValueNeverReplacesTheRandomPart() {
        AuthorizationRequest request =
                host.auth.initiate(AuthorizationOptions.forUser(USER).withHostState("my-own-state"));
        assertThat(request.state()).matches("[A-Za-z0-9_-]{43}").doesNotContain("my-own-state");
        assertThat(request.authUrl()).doesNotContain("my-own-state");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t", "a\u0000b", "a\nb", "a\ud800", "\udc00b", "a\u0085"})
    void aUserIdThatNoStoreCanHoldIsRefusedEverywhere(String userId) {
        List<Runnable> calls = List.of(
                () -> host.auth.initiate(userId),
                () -> host.auth.callback(userId, "c", "s"),
                () -> host.auth.getValidAccessToken(userId),
                () -> host.auth.refresh(userId),
                () -> host.auth.shopInfo(userId),
                () -> host.auth.status(userId),
                () -> host.auth.maintenance().diagnose(userId),
                () -> host.auth.disconnect(userId),
                () -> host.auth.erase(userId));
        for (Runnable call : calls) {
            assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining("userId");
        }
        assertThat(host.store.count()).isZero();
    }

    @Test
    void aUserIdMayHave128CharactersOfAnyScript() {
        String userId = "店".repeat(128);
        host.connect(userId);
        assertThat(host.auth.status(userId).connected()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> host.auth.initiate(userId + "x"));
    }

    @Test
    void aHostsValuesAreBoundedAndMustComeBackUnchanged() {
        AuthorizationOptions options = AuthorizationOptions.forUser(USER);
        host.auth.initiate(options.withHostState("x".repeat(1000)).withScope("x".repeat(1000)));
        for (AuthorizationOptions bad : List.of(
                options.withHostState("x".repeat(1001)),
                options.withScope("x".repeat(1001)),
                options.withScope("a\u0000b"),
                options.withHostState("half \ud800"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> host.auth.initiate(bad));
        }
    }

    /** A cookie that a host fails to read is often an empty string: the binding would then hold every such browser. */
    @Test
    void aBlankBindingIsRefusedBecauseItBindsNothing() {
        AuthorizationOptions options = AuthorizationOptions.forUser(USER);
        assertThatIllegalArgumentException().isThrownBy(() -> host.auth.initiate(options.withBrowserBinding("")));
        assertThatIllegalArgumentException().isThrownBy(() -> host.auth.initiate(options.withBrowserBinding(" ")));
    }
}
