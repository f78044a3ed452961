package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.StoredTokens;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads rows without reflection, so that it works on the module path too. */
final class AuthorizationRows {

    static final String SELECT = "SELECT id, user_id, shop_id, shop_name, access_token, refresh_token,"
            + " access_token_expires_at, refresh_token_expires_at, scope, region, created_at, updated_at, shop_cipher,"
            + " open_id, generation, tokens_obtained_at, lease_owner, lease_until, cool_down_until, failures, last_code,"
            + " last_request_id, outcome_unknown, reauthorization_reason, {clock} AS store_time FROM {auth}";

    private AuthorizationRows() {}

    static final String OF_USER = SELECT + " WHERE user_id = ? AND is_active = TRUE";
    static final String OF_SHOP = SELECT + " WHERE shop_id = ? AND is_active = TRUE";

    /** By position, as {@link #SELECT} lists them: drivers look names up anew for each row. */
    static StoredAuthorization authorization(Dialect dialect, ResultSet row) throws SQLException {
        return new StoredAuthorization(
                row.getString(1),
                row.getString(2),
                new StoredShop(row.getString(3), row.getString(4), row.getString(10), row.getString(13)),
                new StoredTokens(
                        row.getString(5),
                        row.getString(6),
                        SqlValues.instant(row, 7),
                        SqlValues.optionalInstant(row, 8),
                        row.getString(14),
                        row.getString(9)),
                SqlValues.instant(row, 16),
                row.getLong(15),
                new RefreshState(
                        row.getString(17),
                        SqlValues.optionalInstant(row, 18),
                        SqlValues.optionalInstant(row, 19),
                        row.getInt(20),
                        row.getString(21),
                        row.getString(22),
                        row.getBoolean(23),
                        row.getString(24)),
                SqlValues.instant(row, 11),
                SqlValues.instant(row, 12),
                dialect.clock(row, 25));
    }

    static StoredState state(ResultSet row) throws SQLException {
        return new StoredState(
                row.getString("hash"),
                row.getString("user_id"),
                row.getString("binding_hash"),
                row.getString("host_state"),
                row.getString("scope"));
    }
}
