package io.github.tiktokauth.spi;

import java.time.Instant;

/**
 * An authorization that {@link TokenStore#findDue} found, and from when it was due.
 *
 * @param authorization the authorization
 * @param dueAt from when it was due: usually the end of its access token
 */
public record DueAuthorization(StoredAuthorization authorization, Instant dueAt) {

    /**
     * Returns the position after this authorization, to continue from there.
     *
     * @return the position
     */
    public DuePosition position() {
        return new DuePosition(dueAt, authorization.id());
    }
}
