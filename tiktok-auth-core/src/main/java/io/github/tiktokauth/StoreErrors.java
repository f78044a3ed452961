package io.github.tiktokauth;

import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;
import java.util.function.Supplier;

/** Translates the errors of store and cipher into the exception that callers know. */
final class StoreErrors {

    private StoreErrors() {}

    static <T> T translate(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException e) {
            throw new StorageException(e);
        } catch (CipherException e) {
            throw new StorageException(e);
        }
    }
}
