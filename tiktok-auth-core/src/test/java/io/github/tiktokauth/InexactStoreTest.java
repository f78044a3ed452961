package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A store that takes two ids for one gives rows of other users: none of them is used. */
class InexactStoreTest {

    private static final String HOLDER = "kQ7aZ";
    private static final String ASKING = "kq7Az";

    private final TestHost host = new TestHost(builder -> builder.cacheTtl(Duration.ofMinutes(1)));

    @BeforeEach
    void connect() {
        host.connect(HOLDER);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void connectAskingOne() {
        host.tikTok.shops = List.of(new StoredShop("7494049642642441622", "Another", "GB", null, false));
        host.connect(ASKING);
    }

    private StoredAuthorization rowOfTheOther() {
        return host.rows.find(HOLDER).orElseThrow();
    }

    private void compareInexactly() {
        host.store.answer("find", Optional.of(rowOfTheOther()));
    }

    static Stream<Arguments> readsByUser() {
        AccessToken refused = AccessToken.of("refused", Instant.EPOCH, "shop", null);
        return Stream.of(
                read("getValidAccessToken", TikTokAuth::getValidAccessToken),
                read("refresh", TikTokAuth::refresh),
                read("replaceRefusedToken", (auth, user) -> auth.replaceRefusedToken(user, refused)),
                read("status", TikTokAuth::status),
                read("shopInfo", TikTokAuth::shopInfo),
                read("diagnose", (auth, user) -> auth.maintenance().diagnose(user)));
    }

    private static Arguments read(String name, BiConsumer<TikTokAuth, String> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readsByUser")
    void aRowOfAnotherSpellingIsNotUsed(String name, BiConsumer<TikTokAuth, String> read) {
        compareInexactly();
        assertRefused(() -> read.accept(host.auth, ASKING));
        assertThat(host.tikTok.spent).isEmpty();
        read.accept(host.auth, HOLDER);
    }

    private static void assertRefused(Runnable call) {
        StorageException refusal = TestFailures.thrown(StorageException.class, call);
        assertThat(((StoreException) refusal.getCause()).kind()).isEqualTo(StoreException.Kind.SCHEMA);
        assertThat(refusal)
                .hasMessageContaining("exact")
                .hasMessageContaining("contract suite")
                .hasMessageNotContainingAny(HOLDER, ASKING, "749404964264244162");
    }

    @Test
    void norRemembered() {
        compareInexactly();
        assertRefused(() -> host.auth.getValidAccessToken(ASKING));
        host.store.heal();
        assertThat(TestFailures.reason(() -> host.auth.getValidAccessToken(ASKING)))
                .isEqualTo(AuthorizationRequiredException.Reason.NOT_CONNECTED);
    }

    @Test
    void aConnectionThatWasStoredUnderAnotherSpellingIsNotToldAsMade() {
        AuthorizationRequest request = host.auth.initiate(ASKING);
        host.store.answer("connect", ConnectOutcome.RENEWED);
        compareInexactly();
        assertRefused(() -> host.auth.callback(ASKING, "code", request.state()));
    }

    @Test
    void anEarlyRefreshThatMeetsAnotherRowSpendsNothing() {
        connectAskingOne();
        host.time.advance(Duration.ofDays(7).minusHours(17));
        host.auth.getValidAccessToken(ASKING);
        compareInexactly();
        host.runBackground();
        assertThat(host.store.count("acquireLease")).isZero();
        assertThat(host.tikTok.spent).isEmpty();
    }

    @Test
    void aRefreshThatReadsAgainAndMeetsAnotherRowEndsThere() {
        connectAskingOne();
        host.time.advance(Duration.ofDays(8));
        host.store.before("acquireLease", this::compareInexactly);
        host.store.answer("acquireLease", false);
        assertRefused(() -> host.auth.getValidAccessToken(ASKING));
        assertThat(host.tikTok.spent).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("webhooks")
    void aWebhookOfOneShopDoesNotReachTheHolderOfAnother(String body) {
        host.store.answer("findByShop", Optional.of(rowOfTheOther()));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String signature = host.auth.config().webhookSignature().sign(bytes);
        assertRefused(() -> host.auth.receiveWebhook(bytes, signature));
        host.runBackground();
        assertThat(host.store.count("acquireLease")).isZero();
    }

    static Stream<String> webhooks() {
        String both = ",\"tts_notification_id\":\"n1\",\"shop_id\":\"7494049642642441622\",\"timestamp\":2000000000,";
        return Stream.of(
                "{\"type\":6" + both + "\"data\":{\"message\":\"revoked\"}}",
                "{\"type\":7" + both + "\"data\":{\"expiration_time\":\"2000000100\"}}");
    }
}
