package io.github.tiktokauth;

import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;

/**
 * The store failed, or what it holds cannot be decrypted. The cause is a {@link StoreException} or a {@link CipherException}
 * and names the remedy.
 */
public final class StorageException extends TikTokAuthException {

    private static final long serialVersionUID = 1L;

    StorageException(StoreException cause) {
        super(String.valueOf(cause.getMessage()), null, cause);
    }

    StorageException(CipherException cause) {
        super(String.valueOf(cause.getMessage()), null, cause);
    }
}
