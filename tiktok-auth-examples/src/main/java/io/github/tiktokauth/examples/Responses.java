package io.github.tiktokauth.examples;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.tiktokauth.AuthorizationRequest;
import io.github.tiktokauth.ConnectionStatus;
import io.github.tiktokauth.ShopInfo;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** The shapes of the API's answers. None of them has a place for a token. */
final class Responses {

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Responses() {}

    static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : MILLISECONDS.format(instant);
    }

    record Consent(String authUrl, String state) {

        static Consent of(AuthorizationRequest request) {
            return new Consent(request.authUrl(), request.state());
        }
    }

    record Shop(
            String shopId,
            @Nullable String shopName,
            @Nullable String region,
            boolean isActive,
            @Nullable String createdAt,
            @Nullable String updatedAt) {

        static Shop of(ShopInfo shop) {
            return new Shop(
                    shop.shopId(),
                    shop.shopName(),
                    shop.region(),
                    true,
                    time(shop.createdAt()),
                    time(shop.updatedAt()));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Status(
            boolean isConnected,
            @Nullable String shopId,
            @Nullable String shopName) {

        static Status of(ConnectionStatus status) {
            ShopInfo shop = status.shop();
            return shop == null || !status.connected()
                    ? new Status(false, null, null)
                    : new Status(true, shop.shopId(), shop.shopName());
        }
    }

    /** For the page: when things end, and whether the seller is needed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Details(
            @Nullable String accessTokenExpiresAt,
            @Nullable String authorizationEndsAt,
            @Nullable String scope,
            @Nullable String reauthorizationReason) {

        static Details of(ConnectionStatus status) {
            ShopInfo shop = status.shop();
            return new Details(
                    time(status.accessTokenExpiresAt()),
                    time(status.refreshTokenExpiresAt()),
                    shop == null ? null : shop.scope(),
                    status.reauthorizationReason() == null
                            ? null
                            : status.reauthorizationReason().name());
        }
    }

    record Refreshed(boolean success, String message) {}

    record Disconnected(String message, int statusCode) {}

    record Products(List<JsonNode> products) {}

    record Problem(int statusCode, String error, String message) {

        static Problem of(int status, String message) {
            return new Problem(status, HttpStatus.getMessage(status), message);
        }
    }
}
