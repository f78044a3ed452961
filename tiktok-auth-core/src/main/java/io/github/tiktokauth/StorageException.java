package io.github.tiktokauth;

import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;

/**
 * The store failed, or what it holds cannot be decrypted. The cause is a {@link StoreException} or a {@link CipherException}
 * and names the remedy.
 */
public final class StorageException extends TikTokAuthException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for a store that failed; for a host's tests.
     *
     * @param cause what failed
     */
    public StorageException(StoreException cause) {
        super(String.valueOf(cause.getMessage()), null, cause);
    }

    /**
     * Creates an exception for a value that cannot be decrypted; for a host's tests.
     *
     * @param cause what failed
     */
    public StorageException(CipherException cause) {
        super(String.valueOf(cause.getMessage()), null, cause);
    }
}
