package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;

/**
 * The writes to the table of authorizations, for {@link Database#statement}, and what is bound to them. MariaDB assigns from left
 * to right: a column that another is made of comes after it.
 */
final class AuthorizationSql {

    private static final String NOT_REFUSED = " lease_owner = NULL, lease_until = NULL, cool_down_until = NULL,"
            + " failures = 0, last_code = NULL, last_request_id = NULL, outcome_unknown = FALSE, refusals = 0,"
            + " first_refused_at = NULL, next_try_at = NULL,";
    private static final String CLEAR = NOT_REFUSED + " reauthorization_type = NULL, reauthorization_reason = NULL,"
            + " forced_at = NULL, forced_outcome = NULL, check_requested_at = NULL, check_not_before = NULL,";
    private static final String TOKENS = " app_key = :app_key, access_token = :access_token,"
            + " refresh_token = :refresh_token, access_token_expires_at = :access_token_expires_at,"
            + " refresh_token_expires_at = :refresh_token_expires_at, open_id = :open_id, scope = :scope,"
            + " tokens_obtained_at = {now},";
    private static final String SHOP = " shop_name = :shop_name, region = :region, shop_cipher = :shop_cipher,"
            + " shop_without_cipher = :shop_without_cipher,";
    private static final String OF_ID = " WHERE id = :id AND is_active = TRUE";
    private static final String OF_GENERATION = OF_ID + " AND generation = :generation";

    static final String RENEW = "UPDATE {auth} SET" + TOKENS + SHOP + CLEAR
            + " authorized_at = {now}, authorized_shops = :authorized_shops, generation = generation + 1,"
            + " updated_at = {now} WHERE user_id = :user_id AND shop_id = :shop_id AND is_active = TRUE";
    private static final String INSERT = "INSERT INTO {auth} (id, user_id, shop_id, shop_name, region, shop_cipher,"
            + " shop_without_cipher, app_key, access_token, refresh_token, access_token_expires_at,"
            + " refresh_token_expires_at, open_id, scope, authorized_shops, is_active, generation,"
            + " tokens_obtained_at, authorized_at, created_at, updated_at)"
            + " VALUES (:id, :user_id, :shop_id, :shop_name, :region, :shop_cipher, :shop_without_cipher, :app_key,"
            + " :access_token, :refresh_token, :access_token_expires_at, :refresh_token_expires_at, :open_id, :scope,"
            + " :authorized_shops, TRUE, 1, ";
    static final String INSERT_NEW = INSERT + "{now}, {now}, {now}, {now})";
    static final String INSERT_ADOPTED = INSERT + ":obtained_at, :created_at, :created_at, {now})";
    static final String SHOP_OF_USER =
            "SELECT user_id, shop_id FROM {auth} WHERE user_id = :asked AND is_active = TRUE";
    static final String USER_OF_SHOP =
            "SELECT shop_id, user_id FROM {auth} WHERE shop_id = :asked AND is_active = TRUE";
    private static final String LEASE = "UPDATE {auth} SET lease_owner = :owner, lease_until = {now+millis},"
            + " updated_at = {now}" + OF_GENERATION
            + " AND (lease_until IS NULL OR lease_until <= {now} OR lease_owner = :owner)";
    private static final String NOT_COOLING = " AND (cool_down_until IS NULL OR cool_down_until <= {now})";
    private static final String NOT_MARKED = " AND (reauthorization_type IS NULL OR reauthorization_type = 'SHOP'"
            + " OR (reauthorization_type = 'SOFT' AND (next_try_at IS NULL OR next_try_at <= {now})))";
    static final String SAVE_SHOP =
            "UPDATE {auth} SET" + SHOP + " updated_at = {now}" + OF_GENERATION + " AND shop_id = :shop_id";
    static final String REQUEST_CHECK = "UPDATE {auth} SET check_requested_at ="
            + " CASE WHEN check_requested_at >= {now} THEN {after_check} ELSE {now} END,"
            + " check_not_before = NULL, updated_at = {now}" + OF_ID;
    static final String BEGIN_CHECK = "UPDATE {auth} SET check_not_before = {now+millis}, updated_at = {now}" + OF_ID
            + " AND check_requested_at = :requested_at AND (check_not_before IS NULL OR check_not_before <= {now})";
    private static final String FINISH_CHECK = " check_requested_at = NULL, check_not_before = NULL, updated_at = {now}"
            + OF_ID + " AND check_requested_at = :requested_at";
    private static final String ABOUT_SHOP = "(reauthorization_type IS NULL OR reauthorization_type = 'SHOP')";
    static final String FINISH_COVERED = "UPDATE {auth} SET reauthorization_reason = CASE WHEN " + ABOUT_SHOP
            + " THEN NULL ELSE reauthorization_reason END, reauthorization_type = CASE WHEN " + ABOUT_SHOP
            + " THEN NULL ELSE reauthorization_type END," + FINISH_CHECK;
    static final String FINISH_UNCOVERED = "UPDATE {auth} SET reauthorization_reason = CASE WHEN " + ABOUT_SHOP
            + " THEN :uncovered ELSE reauthorization_reason END, reauthorization_type = CASE WHEN " + ABOUT_SHOP
            + " THEN 'SHOP' ELSE reauthorization_type END," + FINISH_CHECK;
    static final String REENCRYPT = "UPDATE {auth} SET access_token = :access_token,"
            + " refresh_token = :refresh_token, updated_at = {now}" + OF_GENERATION;
    static final String DISCONNECT = "UPDATE {auth} SET former_user_id = user_id, former_shop_id = shop_id,"
            + " user_id = NULL, shop_id = NULL, access_token = NULL, refresh_token = NULL, shop_cipher = NULL,"
            + CLEAR + " is_active = FALSE, deleted_at = {now}, generation = generation + 1, updated_at = {now}"
            + " WHERE user_id = :user_id AND is_active = TRUE";

    private AuthorizationSql() {}

    static String lease(boolean ignoreCoolDown, boolean ignoreMark) {
        return LEASE + (ignoreCoolDown ? "" : NOT_COOLING) + (ignoreMark ? "" : NOT_MARKED);
    }

    static String save(boolean forced) {
        return "UPDATE {auth} SET" + TOKENS + NOT_REFUSED
                + " reauthorization_reason = CASE WHEN reauthorization_type = 'SHOP' THEN reauthorization_reason END,"
                + " reauthorization_type = CASE WHEN reauthorization_type = 'SHOP' THEN reauthorization_type END,"
                + (forced
                        ? " forced_at = {now}, forced_outcome = :outcome,"
                        : " forced_at = NULL, forced_outcome = NULL,")
                + " generation = generation + 1, updated_at = {now}" + OF_GENERATION;
    }

    static String fail(RefreshFailure failure) {
        return "UPDATE {auth} SET cool_down_until = {now+millis},"
                + noted(failure, failure.forced() && failure.refusal());
    }

    static String mark(Reauthorization mark, RefreshFailure failure) {
        return "UPDATE {auth} SET reauthorization_type = :type, reauthorization_reason = :reason, next_try_at = "
                + (mark.nextTry() == null ? "NULL," : "{now+millis},") + noted(failure, failure.forced());
    }

    private static String noted(RefreshFailure failure, boolean remembered) {
        return " failures = failures + 1, last_code = :code, last_request_id = :request_id,"
                + " outcome_unknown = (outcome_unknown = TRUE OR :outcome_unknown = TRUE),"
                + (failure.refusal()
                        ? " refusals = refusals + 1, first_refused_at = COALESCE(first_refused_at, {now}),"
                        : "")
                + (remembered ? " forced_at = {now}, forced_outcome = :code," : "")
                + " lease_owner = NULL, lease_until = NULL, updated_at = {now}" + OF_GENERATION
                + " AND lease_owner = :owner";
    }

    static SqlStatement bind(SqlStatement write, StoredShop shop) {
        return write.bind("shop_id", shop.shopId())
                .bind("shop_name", shop.name())
                .bind("region", shop.region())
                .bind("shop_cipher", shop.cipher())
                .bind("shop_without_cipher", shop.withoutCipher());
    }

    static SqlStatement bind(SqlStatement write, StoredTokens tokens) {
        return write.bind("access_token", tokens.accessToken())
                .bind("refresh_token", tokens.refreshToken())
                .bind("access_token_expires_at", tokens.accessTokenExpiresAt())
                .bind("refresh_token_expires_at", tokens.refreshTokenExpiresAt())
                .bind("open_id", tokens.openId())
                .bind("scope", tokens.scope());
    }

    static SqlStatement bind(SqlStatement write, String owner, RefreshFailure failure) {
        return write.bind("owner", owner)
                .bind("code", failure.code())
                .bind("request_id", failure.requestId())
                .bind("outcome_unknown", failure.outcomeUnknown());
    }
}
