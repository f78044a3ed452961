package io.github.tiktokauth.spi;

/**
 * The place a ciphertext is bound to, so that one copied elsewhere does not decrypt.
 *
 * @param table the store's name
 * @param column the column's name
 * @param row what identifies the row: the user of an authorization, the hash of a state
 */
public record CipherContext(String table, String column, String row) {}
