package io.github.tiktokauth.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException;
import io.github.tiktokauth.CallbackRejectedException;
import io.github.tiktokauth.ConfigurationException;
import io.github.tiktokauth.ShopConflictException;
import io.github.tiktokauth.StorageException;
import io.github.tiktokauth.TikTokAuthException;
import io.github.tiktokauth.TikTokError;
import io.github.tiktokauth.TikTokUnavailableException;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A host can test its own handling of every exception. */
class CreatedExceptionsTest {

    private static final TikTokError ERROR = new TikTokError(200, 36004005, "refresh token is unknown", "request");

    private static List<TikTokAuthException> all() {
        return List.of(
                new AuthorizationRequiredException(AuthorizationRequiredException.Reason.REVOKED, ERROR),
                new CallbackRejectedException(CallbackRejectedException.Rejection.DENIED, "denied", null),
                new ConfigurationException(List.of("TIKTOK_CLIENT_ID is missing", "tokenStore is missing")),
                new ShopConflictException(ShopConflictException.Conflict.USER_HOLDS_ANOTHER_SHOP),
                new TikTokUnavailableException("try later", Duration.ZERO, null),
                new StorageException(new StoreException(StoreException.Kind.UNAVAILABLE, "no answer", "08006")),
                new StorageException(new CipherException(CipherException.Problem.UNKNOWN_KEY, "no key")));
    }

    @Test
    void everyExceptionCanBeCreated() {
        assertThat(all().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(TikTokAuthException.class.getPermittedSubclasses())
                        .<Class<?>>map(type -> type)
                        .toList());
        assertThat(all()).allSatisfy(exception -> assertThat(exception).hasMessageMatching("\\S.*"));
    }

    @Test
    void itHoldsWhatItWasGiven() {
        assertThat(all().get(0).tikTokError()).contains(ERROR);
        assertThat(((ConfigurationException) all().get(2)).problems()).hasSize(2);
        assertThat(((TikTokUnavailableException) all().get(4)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(TikTokCallException.of(TikTokCallException.Kind.RATE_LIMITED, "slow down")
                        .kind())
                .isEqualTo(TikTokCallException.Kind.RATE_LIMITED);
    }
}
