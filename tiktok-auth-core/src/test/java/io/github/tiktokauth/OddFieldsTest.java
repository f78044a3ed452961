package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.OddAnswers.Kept;
import io.github.tiktokauth.OddAnswers.Odd;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A token answer with code 0 whose fields are not all as documented. Code or refresh token are spent by then: what is good of it
 * is stored, what is odd is set aside.
 */
class OddFieldsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant FIRST_REFRESH_END = ManualTime.START.plus(Duration.ofDays(365));
    private static final Instant LATER_REFRESH_END = ManualTime.START.plus(Duration.ofDays(500));

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final ManualTime time = new ManualTime();
    /** The store's clock is three hours ahead of this machine's. */
    private final InMemoryTokenStore rows =
            new InMemoryTokenStore(() -> time.wall().instant().plus(Duration.ofHours(3)));

    private final Deque<Runnable> background = new ArrayDeque<>();
    private final Deque<Odd> answers = new ArrayDeque<>();
    private final List<AuthorizationEvent> events = new ArrayList<>();
    private final List<String> spent = new ArrayList<>();
    private Duration tikTokTakes = Duration.ZERO;
    private int number;
    private TikTokAuth auth;

    @BeforeEach
    void open() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (request.getUrl().encodedPath().endsWith("/shops")) {
                    return HttpWorld.json(HttpWorld.SHOPS).build();
                }
                time.advance(tikTokTakes);
                spent.add(request.getUrl().queryParameter("refresh_token"));
                Odd next = answers.isEmpty() ? OddAnswers.GOOD : answers.remove();
                return HttpWorld.json(next.json(
                                ++number,
                                storeNow().plus(Duration.ofDays(7)),
                                number == 1 ? FIRST_REFRESH_END : LATER_REFRESH_END))
                        .build();
            }
        });
        auth = TikTokAuth.builder(config())
                .tokenStore(rows)
                .stateStore(new InMemoryStateStore(time.wall()))
                .refreshExecutor(background::add)
                .listener(events::add)
                .time(time)
                .build();
    }

    @AfterEach
    void close() {
        auth.close();
    }

    private TikTokConfig config() {
        return TikTokConfig.fromMap(HttpWorld.settings(server));
    }

    private Instant storeNow() {
        return time.wall().instant().plus(Duration.ofHours(3));
    }

    private void connect() {
        auth.callback(USER, "the-code", auth.initiate(USER).state());
    }

    private String token() {
        return auth.getValidAccessToken(USER).value();
    }

    private StoredAuthorization row() {
        return rows.find(USER).orElseThrow();
    }

    private TokenEncryption encryption() {
        return new TokenEncryption(config().cipher(), rows.name(), TestHost.APP_KEY);
    }

    private @Nullable String storedAccessToken() {
        AccessToken token = encryption().accessToken(row());
        return token == null ? null : token.value();
    }

    private String storedRefreshToken() {
        return encryption().refreshToken(row());
    }

    static Stream<Odd> oddAnswers() {
        return OddAnswers.all().stream();
    }

    private void assertNamedOnce(TestLog log, Odd odd) {
        List<String> warnings = log.warnings().stream()
                .filter(line -> line.contains("not as documented"))
                .toList();
        if (odd.named().isEmpty()) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).hasSize(1);
            assertThat(warnings.get(0)).contains(odd.named());
        }
        assertThat(log.lines())
                .noneMatch(line -> line.contains("ROW") || line.contains("arked") || line.contains("%d"));
    }

    private void assertStored(Odd odd, Instant accessEnd, Instant answeredAt, boolean refreshed) {
        StoredTokens tokens = row().tokens();
        boolean usable = odd.kept("access_token") == Kept.NEW;
        assertThat(storedAccessToken()).isEqualTo(usable ? "ROW_access-" + number : null);
        if (!usable) {
            assertThat(tokens.accessTokenExpiresAt()).isBefore(storeNow());
        } else if (odd.kept("access_token_expire_in") == Kept.HOUR) {
            assertThat(tokens.accessTokenExpiresAt()).isEqualTo(answeredAt.plus(HOUR));
        } else {
            assertThat(tokens.accessTokenExpiresAt()).isEqualTo(accessEnd);
        }
        assertThat(storedRefreshToken())
                .isEqualTo("ROW_refresh-" + (odd.kept("refresh_token") == Kept.NEW ? number : number - 1));
        Instant givenEnd = refreshed ? LATER_REFRESH_END : FIRST_REFRESH_END;
        assertThat(tokens.refreshTokenExpiresAt())
                .isEqualTo(
                        odd.kept("refresh_token_expire_in") == Kept.NEW
                                ? givenEnd
                                : refreshed ? FIRST_REFRESH_END : null);
        assertThat(tokens.openId()).isEqualTo(fact(odd, "open_id", "open-%d", refreshed));
        assertThat(tokens.scope()).isEqualTo(fact(odd, "granted_scopes", "scope.%d scope.b", refreshed));
    }

    private String fact(Odd odd, String field, String pattern, boolean refreshed) {
        if (odd.kept(field) == Kept.NEW) {
            return pattern.replace("%d", "" + number);
        }
        return refreshed ? pattern.replace("%d", "" + (number - 1)) : null;
    }

    @ParameterizedTest
    @MethodSource("oddAnswers")
    void aRefreshStoresWhatIsGoodAndTheNextCallsGoOnFromThere(Odd odd) {
        connect();
        time.advance(Duration.ofDays(8));
        tikTokTakes = Duration.ofSeconds(2);
        answers.add(odd);
        TestLog log = new TestLog();
        boolean usable = odd.kept("access_token") == Kept.NEW;
        if (usable) {
            assertThat(token()).isEqualTo("ROW_access-2");
        } else {
            assertThatThrownBy(this::token).isInstanceOf(TikTokUnavailableException.class);
        }
        assertNamedOnce(log, odd);
        Instant answeredAt = storeNow();
        assertStored(odd, answeredAt.plus(Duration.ofDays(7)), answeredAt, true);
        assertThat(row().generation()).isEqualTo(2);
        assertThat(spent).containsExactly(null, "ROW_refresh-1");

        String newest = storedRefreshToken();
        if (usable) {
            time.advance(Duration.ofMinutes(45));
            assertThat(token()).isEqualTo("ROW_access-2");
            assertThat(background).as("it is not even soon to expire").isEmpty();
            assertThat(spent).hasSize(2);
            time.advance(Duration.between(storeNow(), row().tokens().accessTokenExpiresAt()));
        }
        assertThat(token()).isEqualTo("ROW_access-3");
        assertThat(token()).isEqualTo("ROW_access-3");
        assertThat(spent).containsExactly(null, "ROW_refresh-1", newest);
        assertThat(storedRefreshToken()).isEqualTo("ROW_refresh-3");
        assertThat(row().tokens().refreshTokenExpiresAt()).isEqualTo(LATER_REFRESH_END);
    }

    @ParameterizedTest
    @MethodSource("oddAnswers")
    void anExchangeConnectsWithBothTokensWhateverTheRest(Odd odd) {
        answers.add(odd);
        tikTokTakes = Duration.ofSeconds(2);
        TestLog log = new TestLog();
        if (odd.kept("access_token") != Kept.NEW || odd.kept("refresh_token") != Kept.NEW) {
            assertThatThrownBy(this::connect)
                    .isInstanceOf(TikTokUnavailableException.class)
                    .hasMessageNotContaining("ROW")
                    .hasMessageNotContaining("arked");
            assertThat(rows.find(USER)).isEmpty();
            return;
        }
        connect();
        assertNamedOnce(log, odd);
        assertStored(odd, storeNow().plus(Duration.ofDays(7)), storeNow(), false);
        assertThat(auth.status(USER).refreshTokenExpiresAt())
                .isEqualTo(row().tokens().refreshTokenExpiresAt());
        assertThat(token()).isEqualTo("ROW_access-1");
        time.advance(Duration.ofMinutes(45));
        assertThat(token()).isEqualTo("ROW_access-1");
        assertThat(background).isEmpty();
        time.advance(Duration.ofDays(8));
        assertThat(token()).isEqualTo("ROW_access-2");
        assertThat(spent).containsExactly(null, "ROW_refresh-1");
    }

    @ParameterizedTest
    @MethodSource("withoutAnyToken")
    void anAnswerWithoutAnyUsableTokenLeavesTheOutcomeUnknown(Odd odd) {
        connect();
        StoredTokens before = row().tokens();
        time.advance(Duration.ofDays(8));
        answers.add(odd);
        assertThatThrownBy(this::token).isInstanceOf(TikTokUnavailableException.class);
        assertThat(row().tokens()).isEqualTo(before);
        assertThat(row().refresh().outcomeUnknown()).isTrue();
    }

    static Stream<Odd> withoutAnyToken() {
        return Stream.of(
                Odd.of("access_token", null).and(Odd.of("refresh_token", null)),
                Odd.of("access_token", "null").and(Odd.of("refresh_token", "17")),
                Odd.of("access_token", "\"\"").and(Odd.of("refresh_token", "\" \"")),
                Odd.of("access_token", "[]").and(Odd.of("refresh_token", "{}")),
                Odd.ofCode("\"0\"").and(Odd.of("access_token", null)).and(Odd.of("refresh_token", null)),
                Odd.ofCode("\"00\""),
                Odd.ofCode("\"\""),
                Odd.ofCode("0.0"),
                Odd.ofCode("false"),
                Odd.ofCode("\"36004005\""));
    }

    /** As it would be for a whole fleet, should TikTok change a type. */
    @Test
    void tokensWhoseEndsAreNeverToldAreRefreshedAboutOnceAnHour() {
        for (int i = 0; i < 100; i++) {
            answers.add(Odd.of("access_token_expire_in", "\"soon\""));
        }
        connect();
        for (int minute = 0; minute < 600; minute++) {
            token();
            auth.maintenance().refreshDue(Duration.ofDays(2), 100);
            while (!background.isEmpty()) {
                background.remove().run();
            }
            time.advance(Duration.ofMinutes(1));
        }
        assertThat(spent.size() - 1).isBetween(10, 13);
    }

    /** The same for the token itself. */
    @Test
    void afterTwoAnswersWithoutAnAccessTokenTheClusterLetsTiktokRest() {
        connect();
        time.advance(Duration.ofDays(8));
        for (int i = 0; i < 100; i++) {
            answers.add(Odd.of("access_token", "{}"));
        }
        for (int second = 0; second < 600; second++) {
            assertThatThrownBy(this::token).isInstanceOf(TikTokUnavailableException.class);
            auth.maintenance().refreshDue(Duration.ofDays(2), 100);
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(spent.size() - 1).isBetween(600 / 60, 600 / 20);
        assertThat(storedRefreshToken()).as("none is lost").isEqualTo("ROW_refresh-" + number);
        assertThat(row().refresh().lastCode()).isEqualTo("NO_ACCESS_TOKEN");
        answers.clear();
        time.advance(Duration.ofMinutes(1));
        assertThat(token()).isEqualTo("ROW_access-" + number);
        assertThat(row().refresh().lastCode()).isNull();
    }

    @Test
    void anAccessTokenThatIsNoneIsNeverHandedOutThoughTheStoresClockGoesBack() {
        connect();
        answers.add(Odd.of("access_token", "17"));
        assertThatThrownBy(() -> auth.refresh(USER)).isInstanceOf(TikTokUnavailableException.class);
        time.advance(Duration.ofMinutes(-30));
        assertThat(auth.maintenance().diagnose(USER).freshness()).isEqualTo(Freshness.EXPIRED);
        assertThat(token()).isEqualTo("ROW_access-3");
        assertThat(spent).containsExactly(null, "ROW_refresh-1", "ROW_refresh-2");
    }

    @Test
    void anAccessTokenThatIsNoneIsNotHandedOutWhenTheNextRefreshFails() {
        connect();
        answers.add(Odd.of("access_token", null));
        answers.add(new Odd(Map.of(), "36009003", Map.of(), List.of()));
        assertThatThrownBy(() -> auth.refresh(USER)).isInstanceOf(TikTokUnavailableException.class);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::token).isInstanceOf(TikTokUnavailableException.class);
        }
        assertThat(spent).hasSize(3);
        time.advance(Duration.ofMinutes(2));
        assertThat(token()).isEqualTo("ROW_access-4");
        assertThat(spent).endsWith("ROW_refresh-2", "ROW_refresh-2");
    }

    @Test
    void aStoredEndOfTheRefreshTokenThatHasPassedBecomesUnknown() {
        connect();
        time.advance(Duration.ofDays(366));
        answers.add(Odd.of("refresh_token_expire_in", "\"never\""));
        assertThat(token()).isEqualTo("ROW_access-2");
        assertThat(row().tokens().refreshTokenExpiresAt()).isNull();
        assertThat(auth.status(USER).refreshTokenExpiresAt()).isNull();
        Diagnosis diagnosis = auth.maintenance().diagnose(USER);
        assertThat(diagnosis.refreshTokenExpiresAt()).isNull();
        assertThat(diagnosis.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(diagnosis.toString())
                .contains("refresh token until unknown")
                .doesNotContain("refresh token until null");
        AuthorizationEvent.TokenRefreshed told = (AuthorizationEvent.TokenRefreshed) events.get(events.size() - 1);
        assertThat(told.refreshTokenExpiresAt()).isNull();
        answers.add(Odd.of("refresh_token_expire_in", null).and(Odd.of("refresh_token", null)));
        auth.refresh(USER);
        assertThat(row().tokens().refreshTokenExpiresAt()).as("still").isNull();
    }

    /** Without an access token there is nothing to ask for the shops with. */
    @Test
    void aDeauthorizationBesideAnAccessTokenThatIsNoneIsCheckedByARefresh() {
        connect();
        answers.add(Odd.of("access_token", "17"));
        assertThatThrownBy(() -> auth.refresh(USER)).isInstanceOf(TikTokUnavailableException.class);
        int requests = server.getRequestCount();
        byte[] body = ("{\"type\":6,\"tts_notification_id\":\"1\",\"shop_id\":\"7494049642642441621\",\"timestamp\":"
                        + storeNow().getEpochSecond() + ",\"data\":{\"message\":\"revoked\"}}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(auth.receiveWebhook(body, config().webhookSignature().sign(body))
                        .outcome())
                .isEqualTo(WebhookReceipt.Outcome.ACCEPTED);
        background.remove().run();
        assertThat(server.getRequestCount()).as("one refresh, no list").isEqualTo(requests + 1);
        assertThat(spent).endsWith("ROW_refresh-1", "ROW_refresh-2");
        assertThat(token()).isEqualTo("ROW_access-3");
    }

    /** Two pairs without an access token are told apart by their refresh tokens. */
    @Test
    void whatAnotherNodeHasStoredIsNotTakenForWhatWasToBeStored() {
        ProbedStore probed = new ProbedStore(rows);
        connect();
        try (TikTokAuth other = TikTokAuth.builder(config())
                .tokenStore(probed.store)
                .stateStore(new InMemoryStateStore(time.wall()))
                .time(time)
                .build()) {
            AtomicBoolean first = new AtomicBoolean(true);
            probed.before("saveTokens", () -> {
                if (first.getAndSet(false)) {
                    PlainTokens theirs = new PlainTokens("", "ROW_theirs", storeNow(), null, null, null);
                    rows.saveTokens(
                            row().id(), 1, TestHost.APP_KEY, encryption().seal(USER, theirs), false);
                    throw ProbedStore.down();
                }
            });
            answers.add(Odd.of("access_token", "17"));
            assertThat(other.refresh(USER).value()).isEqualTo("ROW_access-3");
            assertThat(spent).containsExactly(null, "ROW_refresh-1", "ROW_theirs");
        }
    }

    @Test
    void aPairWithoutAnAccessTokenThatCannotBeStoredIsKeptAndNotServed() {
        ProbedStore probed = new ProbedStore(rows);
        connect();
        try (TikTokAuth other = TikTokAuth.builder(config())
                .tokenStore(probed.store)
                .stateStore(new InMemoryStateStore(time.wall()))
                .time(time)
                .build()) {
            probed.fail("saveTokens");
            answers.add(Odd.of("access_token", "{}"));
            assertThatThrownBy(() -> other.refresh(USER)).isInstanceOf(TikTokUnavailableException.class);
            time.advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> other.getValidAccessToken(USER)).isInstanceOf(StorageException.class);
            assertThat(storedRefreshToken()).isEqualTo("ROW_refresh-1");
            probed.heal();
            time.advance(Duration.ofSeconds(2));
            assertThat(other.getValidAccessToken(USER).value()).isEqualTo("ROW_access-3");
            assertThat(spent).containsExactly(null, "ROW_refresh-1", "ROW_refresh-2");
        }
    }
}
