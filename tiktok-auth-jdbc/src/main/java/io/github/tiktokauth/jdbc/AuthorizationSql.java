package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredTokens;

/** The writes to the table of authorizations, for {@link Database#sql}, and what is bound to them. */
final class AuthorizationSql {

    private static final String CLEAR = " lease_owner = NULL, lease_until = NULL, cool_down_until = NULL, failures = 0,"
            + " last_code = NULL, last_request_id = NULL, outcome_unknown = FALSE, reauthorization_reason = NULL,";
    private static final String TOKENS = " access_token = :access_token, refresh_token = :refresh_token,"
            + " access_token_expires_at = :access_token_expires_at,"
            + " refresh_token_expires_at = :refresh_token_expires_at, open_id = :open_id, scope = :scope,"
            + " tokens_obtained_at = {now},";
    private static final String SHOP = " shop_name = :shop_name, region = :region, shop_cipher = :shop_cipher,";
    private static final String OF_GENERATION = " WHERE id = :id AND generation = :generation AND is_active = TRUE";

    static final String RENEW = "UPDATE {auth} SET" + TOKENS + SHOP + CLEAR
            + " generation = generation + 1, updated_at = {now}"
            + " WHERE user_id = :user_id AND shop_id = :shop_id AND is_active = TRUE";
    private static final String INSERT = "INSERT INTO {auth} (id, user_id, shop_id, shop_name, region, shop_cipher,"
            + " access_token, refresh_token, access_token_expires_at, refresh_token_expires_at, open_id, scope,"
            + " is_active, generation, tokens_obtained_at, created_at, updated_at)"
            + " VALUES (:id, :user_id, :shop_id, :shop_name, :region, :shop_cipher, :access_token, :refresh_token,"
            + " :access_token_expires_at, :refresh_token_expires_at, :open_id, :scope, TRUE, 1, ";
    static final String INSERT_NEW = INSERT + "{now}, {now}, {now})";
    static final String INSERT_OLD = INSERT + ":obtained_at, :created_at, {now})";
    static final String SHOP_OF_USER =
            "SELECT user_id, shop_id FROM {auth} WHERE user_id = :user_id AND is_active = TRUE";
    static final String USER_OF_SHOP =
            "SELECT shop_id, user_id FROM {auth} WHERE shop_id = :shop_id AND is_active = TRUE";
    static final String LEASE = "UPDATE {auth} SET lease_owner = :owner, lease_until = {now+millis},"
            + " updated_at = {now}" + OF_GENERATION + " AND reauthorization_reason IS NULL"
            + " AND (lease_until IS NULL OR lease_until <= {now} OR lease_owner = :owner)";
    static final String NOT_COOLING = " AND (cool_down_until IS NULL OR cool_down_until <= {now})";
    static final String SAVE =
            "UPDATE {auth} SET" + TOKENS + CLEAR + " generation = generation + 1, updated_at = {now}" + OF_GENERATION;
    private static final String FAILED = " failures = failures + 1, last_code = :code, last_request_id = :request_id,"
            + " outcome_unknown = (outcome_unknown = TRUE OR :outcome_unknown = TRUE),"
            + " lease_owner = NULL, lease_until = NULL, updated_at = {now}" + OF_GENERATION
            + " AND lease_owner = :owner";
    static final String COOL_DOWN = "UPDATE {auth} SET cool_down_until = {now+millis}," + FAILED;
    static final String MARK = "UPDATE {auth} SET reauthorization_reason = :reason," + FAILED;
    static final String REENCRYPT = "UPDATE {auth} SET access_token = :access_token,"
            + " refresh_token = :refresh_token, updated_at = {now}" + OF_GENERATION;
    // former_* come first: MariaDB assigns from left to right.
    static final String DISCONNECT = "UPDATE {auth} SET former_user_id = user_id, former_shop_id = shop_id,"
            + " user_id = NULL, shop_id = NULL, access_token = NULL, refresh_token = NULL, shop_cipher = NULL,"
            + CLEAR + " is_active = FALSE, deleted_at = {now}, generation = generation + 1, updated_at = {now}"
            + " WHERE user_id = :user_id AND is_active = TRUE";

    private AuthorizationSql() {}

    static SqlUpdate bind(SqlUpdate update, NewAuthorization authorization) {
        return bind(update, authorization.tokens())
                .bind("user_id", authorization.userId())
                .bind("shop_id", authorization.shop().shopId())
                .bind("shop_name", authorization.shop().name())
                .bind("region", authorization.shop().region())
                .bind("shop_cipher", authorization.shop().cipher());
    }

    static SqlUpdate bind(SqlUpdate update, StoredTokens tokens) {
        return update.bind("access_token", tokens.accessToken())
                .bind("refresh_token", tokens.refreshToken())
                .bind("access_token_expires_at", tokens.accessTokenExpiresAt())
                .bind("refresh_token_expires_at", tokens.refreshTokenExpiresAt())
                .bind("open_id", tokens.openId())
                .bind("scope", tokens.scope());
    }

    static SqlUpdate bind(SqlUpdate update, String owner, RefreshFailure failure) {
        return update.bind("owner", SqlValues.known("owner", owner))
                .bind("code", failure.code())
                .bind("request_id", failure.requestId())
                .bind("outcome_unknown", failure.outcomeUnknown());
    }
}
