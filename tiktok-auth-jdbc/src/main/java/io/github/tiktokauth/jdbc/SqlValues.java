package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.StoredTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a database would refuse or, worse, change: MariaDB outside its strict mode shortens what is too long, and
 * drivers replace half of a surrogate pair, which makes one of two users.
 */
final class SqlValues {

    static final int ID = 128;
    private static final int CODE = 64;
    /** Below what H2 takes in a column and what MariaDB takes in a packet. */
    private static final int TEXT = 1_000_000;

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Duration LONGEST = Duration.ofDays(200L * 365);

    private SqlValues() {}

    static String id(String what, String value) {
        if (value.isEmpty()) {
            throw bad(what + " must not be empty");
        }
        return text(what, value, ID);
    }

    static String known(String what, String value) {
        return text(what, value, ID);
    }

    static void check(NewAuthorization authorization) {
        id("userId", authorization.userId());
        StoredShop shop = authorization.shop();
        id("shopId", shop.shopId());
        optional("shop name", shop.name(), TEXT);
        optional("region", shop.region(), TEXT);
        optional("shop cipher", shop.cipher(), TEXT);
        check(authorization.tokens());
    }

    static void check(StoredTokens tokens) {
        token("access token", tokens.accessToken());
        token("refresh token", tokens.refreshToken());
        instant("accessTokenExpiresAt", tokens.accessTokenExpiresAt());
        instant("refreshTokenExpiresAt", tokens.refreshTokenExpiresAt());
        optional("open id", tokens.openId(), TEXT);
        optional("scope", tokens.scope(), TEXT);
    }

    static void token(String what, String ciphertext) {
        text(what, ciphertext, TEXT);
    }

    static void check(RefreshFailure failure) {
        text("code", failure.code(), CODE);
        optional("requestId", failure.requestId(), ID);
    }

    static void check(StoredState state) {
        text("hash", state.hash(), CODE);
        id("userId", state.userId());
        optional("binding hash", state.bindingHash(), ID);
        optional("host state", state.hostState(), TEXT);
        optional("scope", state.scope(), TEXT);
    }

    static void positive(String what, int value) {
        if (value < 1) {
            throw bad(what + " must be 1 or more");
        }
    }

    private static void instant(String what, @Nullable Instant instant) {
        if (instant != null && (instant.isBefore(FIRST) || instant.isAfter(LAST))) {
            throw bad(what + " must lie between the years 1970 and 9999");
        }
    }

    private static void optional(String what, @Nullable String value, int maximum) {
        if (value != null) {
            text(what, value, maximum);
        }
    }

    private static String text(String what, String value, int maximum) {
        int length = value.length();
        if (length > maximum && value.codePointCount(0, length) > maximum) {
            throw bad(what + " must have at most " + maximum + " characters");
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw bad(what + " must hold neither a null character nor half of a surrogate pair");
            }
        }
        return value;
    }

    private static StoreException bad(String message) {
        return new StoreException(StoreException.Kind.BAD_VALUE, message, null);
    }

    /** Durations beyond reason are cut, so that no arithmetic of a database overflows. */
    static long millis(Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            return LONGEST.toMillis();
        }
        return duration.compareTo(LONGEST.negated()) < 0 ? -LONGEST.toMillis() : duration.toMillis();
    }

    /** Never as Timestamp or Instant, which drivers shift by the JVM's zone. */
    static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
    }

    /** The same for Jdbi, which would make a Timestamp of it. */
    static Argument utc(Instant instant) {
        LocalDateTime time = local(instant);
        return (position, statement, context) -> statement.setObject(position, time);
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        Instant instant = optionalInstant(row, column);
        if (instant == null) {
            throw new SQLException("NULL in column " + column, "22004");
        }
        return instant;
    }

    static @Nullable Instant optionalInstant(ResultSet row, int column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }
}
