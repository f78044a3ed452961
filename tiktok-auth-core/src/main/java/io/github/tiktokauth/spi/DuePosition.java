package io.github.tiktokauth.spi;

import java.time.Instant;

/**
 * Where a page of {@link TokenStore#findDue} ended; see {@link DueAuthorization#position()}.
 *
 * @param dueAt from when the last row was due
 * @param id the last row's id
 */
public record DuePosition(Instant dueAt, String id) {}
