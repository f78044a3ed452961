package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.ForcedRefresh;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads rows of the table of authorizations without reflection, so that it works on the module path too. */
final class AuthorizationRows {

    private static final String SELECT = "SELECT id, user_id, shop_id, shop_name, access_token, refresh_token,"
            + " access_token_expires_at, refresh_token_expires_at, scope, region, created_at, updated_at, shop_cipher,"
            + " open_id, generation, tokens_obtained_at, lease_owner, lease_until, cool_down_until, failures, last_code,"
            + " last_request_id, outcome_unknown, reauthorization_reason, {clock}, app_key, shop_without_cipher,"
            + " authorized_at, authorized_shops, refusals, first_refused_at, reauthorization_type, next_try_at,"
            + " forced_at, forced_outcome, check_requested_at, check_not_before, due_at FROM {auth}";

    static final String OF_USER = SELECT + " WHERE user_id = :asked AND is_active = TRUE";
    static final String OF_SHOP = SELECT + " WHERE shop_id = :asked AND is_active = TRUE";
    static final String PAGE = SELECT + " WHERE is_active = TRUE AND id > :after_id ORDER BY id LIMIT :limit";

    private static final String NOT_RUNNING = " AND (lease_until IS NULL OR lease_until <= {scan})"
            + " AND (cool_down_until IS NULL OR cool_down_until <= {scan})"
            + " AND (reauthorization_type IS NULL OR reauthorization_type <> 'SOFT' OR next_try_at IS NULL"
            + " OR next_try_at <= {scan})";
    /** Rows that are disconnected or marked HARD have no due_at. The first condition is the index's. */
    private static final String DUE = SELECT + " WHERE due_at <= {scan+ahead}"
            + " AND ((access_token_expires_at <= {scan+millis}" + NOT_RUNNING + ")"
            + " OR (check_requested_at IS NOT NULL AND (check_not_before IS NULL OR check_not_before <= {scan})))";

    private static final String BEHIND = " AND due_at >= :after_due AND (due_at > :after_due OR id > :after_id)";

    private AuthorizationRows() {}

    /** With a name {@code app0}, {@code app1}, … for each App Key. */
    static String due(int appKeys, boolean behind) {
        StringBuilder sql = new StringBuilder(DUE).append(" AND (app_key IS NULL");
        for (int i = 0; i < appKeys; i++) {
            sql.append(" OR app_key = :app").append(i);
        }
        return sql.append(')')
                .append(behind ? BEHIND : "")
                .append(" ORDER BY due_at, id LIMIT :limit")
                .toString();
    }

    /** By position, as {@link #SELECT} lists them: drivers look names up anew for each row. */
    static StoredAuthorization authorization(Dialect dialect, ResultSet row) throws SQLException {
        int shops = row.getInt(29);
        Integer authorizedShops = row.wasNull() ? null : Integer.valueOf(shops);
        return StoredAuthorization.builder()
                .id(row.getString(1))
                .userId(row.getString(2))
                .appKey(row.getString(26))
                .shop(new StoredShop(
                        row.getString(3), row.getString(4), row.getString(10), row.getString(13), row.getBoolean(27)))
                .tokens(StoredTokens.builder(row.getString(5), row.getString(6), SqlTimes.instant(row, 7))
                        .refreshTokenExpiresAt(SqlTimes.optionalInstant(row, 8))
                        .openId(row.getString(14))
                        .scope(row.getString(9))
                        .build())
                .tokensObtainedAt(SqlTimes.instant(row, 16))
                .authorizedAt(SqlTimes.instant(row, 28))
                .authorizedShops(authorizedShops)
                .generation(row.getLong(15))
                .refresh(refresh(row))
                .checkRequestedAt(SqlTimes.optionalInstant(row, 36))
                .checkNotBefore(SqlTimes.optionalInstant(row, 37))
                .createdAt(SqlTimes.instant(row, 11))
                .updatedAt(SqlTimes.instant(row, 12))
                .storeTime(dialect.clock(row, 25))
                .build();
    }

    private static RefreshState refresh(ResultSet row) throws SQLException {
        String type = row.getString(32);
        Instant forcedAt = SqlTimes.optionalInstant(row, 34);
        return RefreshState.builder()
                .lease(row.getString(17), SqlTimes.optionalInstant(row, 18))
                .coolDownUntil(SqlTimes.optionalInstant(row, 19))
                .failures(row.getInt(20))
                .lastFailure(row.getString(21), row.getString(22))
                .outcomeUnknown(row.getBoolean(23))
                .refusals(row.getInt(30), SqlTimes.optionalInstant(row, 31))
                .reauthorization(
                        type == null ? null : Reauthorization.Type.valueOf(type),
                        row.getString(24),
                        SqlTimes.optionalInstant(row, 33))
                .forcedRefresh(forcedAt == null ? null : new ForcedRefresh(forcedAt, row.getString(35)))
                .build();
    }

    static DueAuthorization due(Dialect dialect, ResultSet row) throws SQLException {
        return new DueAuthorization(authorization(dialect, row), SqlTimes.instant(row, 38));
    }
}
