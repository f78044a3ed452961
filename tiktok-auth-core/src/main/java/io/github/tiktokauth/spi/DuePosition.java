package io.github.tiktokauth.spi;

import java.time.Instant;

/**
 * Where a page of {@link TokenStore#findDue} ended.
 *
 * @param accessTokenExpiresAt the end of the last row's access token
 * @param id the last row's id
 */
public record DuePosition(Instant accessTokenExpiresAt, String id) {}
