package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.StoredTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads rows without reflection, so that it works on the module path too. */
final class Rows {

    static final String SELECT = "SELECT id, user_id, shop_id, shop_name, access_token, refresh_token,"
            + " access_token_expires_at, refresh_token_expires_at, scope, region, created_at, updated_at, shop_cipher,"
            + " open_id, generation, tokens_obtained_at, lease_owner, lease_until, cool_down_until, failures, last_code,"
            + " last_request_id, outcome_unknown, reauthorization_reason, {now} AS store_time FROM {auth}";

    private Rows() {}

    static StoredAuthorization authorization(ResultSet row, StatementContext context) throws SQLException {
        return new StoredAuthorization(
                row.getString("id"),
                row.getString("user_id"),
                new StoredShop(
                        row.getString("shop_id"),
                        row.getString("shop_name"),
                        row.getString("region"),
                        row.getString("shop_cipher")),
                new StoredTokens(
                        row.getString("access_token"),
                        row.getString("refresh_token"),
                        Values.instant(row, "access_token_expires_at"),
                        Values.instant(row, "refresh_token_expires_at"),
                        row.getString("open_id"),
                        row.getString("scope")),
                Values.instant(row, "tokens_obtained_at"),
                row.getLong("generation"),
                new RefreshState(
                        row.getString("lease_owner"),
                        Values.optionalInstant(row, "lease_until"),
                        Values.optionalInstant(row, "cool_down_until"),
                        row.getInt("failures"),
                        row.getString("last_code"),
                        row.getString("last_request_id"),
                        row.getBoolean("outcome_unknown"),
                        row.getString("reauthorization_reason")),
                Values.instant(row, "created_at"),
                Values.instant(row, "updated_at"),
                Values.instant(row, "store_time"));
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
