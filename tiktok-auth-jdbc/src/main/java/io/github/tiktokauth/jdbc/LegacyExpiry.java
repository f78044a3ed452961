package io.github.tiktokauth.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The endings of an adopted row. Some programs take TikTok's {@code access_token_expire_in}, which is an instant in epoch
 * seconds, for a lifetime and add it to the time of writing; the result lies in the 2080s, and the token is never refreshed.
 *
 * @param access when the access token ends
 * @param refresh when the refresh token ends; {@code null} in doubt; the next refresh brings it
 * @param isRepaired whether one of them is not what the row says
 */
record LegacyExpiry(Instant access, @Nullable Instant refresh, boolean isRepaired) {

    /** TikTok Shop's tokens are younger. */
    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");
    /** An access token lives for 7 days today. */
    private static final Duration LONGEST_ACCESS = Duration.ofDays(366);
    /** Sellers grant up to 99 years. */
    private static final Duration LONGEST_REFRESH = Duration.ofDays(110L * 366);

    static LegacyExpiry of(
            @Nullable Instant access, @Nullable Instant refresh, @Nullable Instant writtenAt, Instant now) {
        boolean computed = access != null && access.isAfter(now.plus(LONGEST_ACCESS));
        Instant rightAccess = computed ? undo(access, writtenAt, LONGEST_ACCESS) : likely(access);
        Instant rightRefresh = computed ? undo(refresh, writtenAt, LONGEST_REFRESH) : likely(refresh);
        // One millisecond back: ended for whoever compares with "before" and whoever compares with "not after".
        Instant accessEnd = rightAccess == null ? now.minusMillis(1) : rightAccess;
        return new LegacyExpiry(
                accessEnd, rightRefresh, !accessEnd.equals(access) || !Objects.equals(rightRefresh, refresh));
    }

    /**
     * A row may have been changed after its tokens were written. Then this gives an earlier end than the true one, never a
     * later one; if that lies even before the change, it is worth nothing.
     */
    private static @Nullable Instant undo(@Nullable Instant computed, @Nullable Instant writtenAt, Duration longest) {
        if (computed == null || writtenAt == null) {
            return null;
        }
        Instant end = computed.minusMillis(writtenAt.toEpochMilli());
        return end.isBefore(writtenAt) || end.isAfter(writtenAt.plus(longest)) ? null : end;
    }

    private static @Nullable Instant likely(@Nullable Instant end) {
        return end == null || end.isBefore(EARLIEST) ? null : end;
    }
}
