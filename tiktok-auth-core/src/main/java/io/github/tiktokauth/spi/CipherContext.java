package io.github.tiktokauth.spi;

import org.jspecify.annotations.Nullable;

/**
 * Names the place that a ciphertext is bound to, so that one copied elsewhere does not decrypt.
 *
 * @param table the store's name
 * @param column the column's name
 * @param row what identifies the row: the user of an authorization, the hash of a state
 * @param appKey the App Key of the TikTok app that the row belongs to; {@code null} for a row that was adopted and has not been
 *     refreshed since
 */
public record CipherContext(
        String table, String column, String row, @Nullable String appKey) {}
