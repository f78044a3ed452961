package io.github.tiktokauth.examples;

import io.github.tiktokauth.AuthorizationRequiredException;
import io.github.tiktokauth.CallbackRejectedException;
import io.github.tiktokauth.ConfigurationException;
import io.github.tiktokauth.ShopConflictException;
import io.github.tiktokauth.StorageException;
import io.github.tiktokauth.TikTokUnavailableException;
import io.github.tiktokauth.spi.CipherException;
import java.time.Duration;

/** The library's exceptions as HTTP answers. */
final class Errors {

    private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);

    private Errors() {}

    static ApiException toAnswer(Throwable e) {
        if (e instanceof ApiException answer) {
            return answer;
        }
        if (e instanceof CallbackRejectedException rejected) {
            return rejected(rejected.rejection());
        }
        if (e instanceof AuthorizationRequiredException required) {
            return required(required.reason());
        }
        if (e instanceof ShopConflictException conflict) {
            return ApiException.of(409, conflict(conflict.conflict()));
        }
        if (e instanceof TikTokUnavailableException unavailable) {
            return ApiException.unavailable(
                    "TikTok gives no usable answer at present; please try again later", unavailable.retryAfter());
        }
        if (e instanceof StorageException storage && !(storage.getCause() instanceof CipherException)) {
            return ApiException.unavailable(
                    "the database gives no usable answer at present; please try again later", DATABASE_RETRY);
        }
        if (e instanceof ConfigurationException || e instanceof StorageException) {
            return ApiException.of(500, "a setting of this app needs its operator's attention; see its log");
        }
        return ApiException.of(500, "something went wrong in this app; see its log");
    }

    /** One text for everything about the state: which check failed is nothing that an attacker should learn. */
    private static ApiException rejected(CallbackRejectedException.Rejection rejection) {
        return rejection.concernsState()
                ? ApiException.of(401, "this consent was not started here or is no longer valid; please connect again")
                : ApiException.badRequest(rejection(rejection));
    }

    private static String rejection(CallbackRejectedException.Rejection rejection) {
        return switch (rejection) {
            case DENIED -> "the authorization was declined at TikTok; nothing was changed";
            case CODE_MISSING, CODE_REFUSED -> "the code is not valid any more; please connect again";
            case NOT_A_SELLER -> "this TikTok account cannot hold a shop; sign in at TikTok as a seller";
            case NO_SHOP -> "the authorization covers no shop";
            case SHOP_NOT_AUTHORIZED -> "the shop asked for is not among the authorized ones";
            default -> "TikTok refused this authorization; please connect again";
        };
    }

    private static ApiException required(AuthorizationRequiredException.Reason reason) {
        return switch (reason) {
            case NOT_CONNECTED -> ApiException.of(404, "no TikTok shop is connected");
            case REVOKED -> ApiException.badRequest("the shop ended this authorization; please connect again");
            case EXPIRED -> ApiException.badRequest("the authorization has run out; please connect again");
            case OUTCOME_UNKNOWN -> ApiException.badRequest("the authorization was lost; please connect again");
        };
    }

    private static String conflict(ShopConflictException.Conflict conflict) {
        return switch (conflict) {
            case SHOP_HELD_BY_ANOTHER_USER -> "this TikTok shop is already connected by another user";
            case USER_HOLDS_ANOTHER_SHOP -> "another TikTok shop is connected; disconnect it first";
        };
    }
}
