package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Answers to an exchange or a refresh that are a success, but not in all fields as TikTok documents them. The work is done each
 * time: the code or the refresh token is spent. For any other shape there are {@link Fault#with} and {@link Fault#without}.
 */
public enum OddTokenResponse {
    /** {@code access_token_expire_in} is missing. */
    ACCESS_END_MISSING("access_token_expire_in", null),
    /** {@code access_token_expire_in} is {@code null}. */
    ACCESS_END_NULL("access_token_expire_in", "null"),
    /** {@code access_token_expire_in} is how long the token lives, in seconds. */
    ACCESS_END_DURATION("access_token_expire_in", "604800"),
    /** {@code access_token_expire_in} is negative. */
    ACCESS_END_NEGATIVE("access_token_expire_in", "-1"),
    /** {@code access_token_expire_in} lies beyond the year 9999. */
    ACCESS_END_TOO_FAR("access_token_expire_in", "253402300800"),
    /** {@code access_token_expire_in} is text without a number. */
    ACCESS_END_WORD("access_token_expire_in", "\"soon\""),
    /** {@code access_token_expire_in} is a number with a fraction. */
    ACCESS_END_FRACTION("access_token_expire_in", "%s.5"),
    /** {@code access_token_expire_in} is right, but text; usable. */
    ACCESS_END_AS_TEXT("access_token_expire_in", "\"%s\""),
    /** {@code access_token_expire_in} is right, but in milliseconds; usable. */
    ACCESS_END_AS_MILLIS("access_token_expire_in", "%s000"),
    /** {@code refresh_token_expire_in} is missing. */
    REFRESH_END_MISSING("refresh_token_expire_in", null),
    /** {@code refresh_token_expire_in} is how long the token lives, in seconds. */
    REFRESH_END_DURATION("refresh_token_expire_in", "31536000"),
    /** {@code refresh_token_expire_in} is text without a number. */
    REFRESH_END_WORD("refresh_token_expire_in", "\"never\""),
    /** {@code refresh_token_expire_in} is right, but in milliseconds; usable. */
    REFRESH_END_AS_MILLIS("refresh_token_expire_in", "%s000"),
    /** {@code access_token} is missing. */
    ACCESS_TOKEN_MISSING("access_token", null),
    /** {@code access_token} is a number. */
    ACCESS_TOKEN_NUMBER("access_token", "17"),
    /** {@code access_token} holds a control character. */
    ACCESS_TOKEN_UNPRINTABLE("access_token", "\"ROW_\\u0007\""),
    /** {@code refresh_token} is missing. */
    REFRESH_TOKEN_MISSING("refresh_token", null),
    /** {@code refresh_token} is blank. */
    REFRESH_TOKEN_BLANK("refresh_token", "\" \""),
    /** {@code refresh_token} is a number. */
    REFRESH_TOKEN_NUMBER("refresh_token", "17"),
    /** {@code open_id} is a list. */
    OPEN_ID_LIST("open_id", "[]"),
    /** {@code granted_scopes} is text. */
    SCOPES_TEXT("granted_scopes", "\"seller.authorization.info\""),
    /** {@code user_type} is text. */
    USER_TYPE_TEXT("user_type", "\"0\""),
    /** {@code seller_name} is a number. */
    SELLER_NAME_NUMBER("seller_name", "17"),
    /** {@code code} is the text {@code "0"}; usable. */
    CODE_AS_TEXT("code", "\"0\"");

    private final String field;
    private final @Nullable String json;

    /** {@code %s} in the JSON is replaced by the regular value. */
    OddTokenResponse(String field, @Nullable String json) {
        this.field = field;
        this.json = json;
    }

    /**
     * Returns a fault that answers so.
     *
     * @return a fault, to be scripted for an exchange or a refresh
     */
    public Fault fault() {
        if (this == CODE_AS_TEXT) {
            return Fault.changed(Response::withCodeAsText);
        }
        return json == null ? Fault.without(field) : Fault.changed(answer -> answer.withData(data -> odd(data, json)));
    }

    private @Nullable JsonNode odd(@Nullable JsonNode data, String pattern) {
        if (data instanceof ObjectNode object) {
            object.set(field, Json.read(pattern.replace("%s", object.path(field).asText())));
        }
        return data;
    }
}
