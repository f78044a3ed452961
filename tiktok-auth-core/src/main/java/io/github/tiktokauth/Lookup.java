package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.TokenStore;
import java.util.Optional;

/** Reads rows by id, and uses none that has another: a store that compares inexactly would give one user another's tokens. */
final class Lookup {

    private Lookup() {}

    static Optional<StoredAuthorization> ofUser(TokenStore store, String userId) {
        Optional<StoredAuthorization> found = store.find(userId);
        if (found.isPresent() && !found.get().userId().equals(userId)) {
            throw inexact("user");
        }
        return found;
    }

    static Optional<StoredAuthorization> ofShop(TokenStore store, String shopId) {
        Optional<StoredAuthorization> found = store.findByShop(shopId);
        if (found.isPresent() && !found.get().shop().shopId().equals(shopId)) {
            throw inexact("shop");
        }
        return found;
    }

    private static StoreException inexact(String what) {
        return new StoreException(
                StoreException.Kind.SCHEMA,
                "asked for one " + what + " the store gave the entry of another, which is not used: it must compare ids"
                        + " exactly, so that letter case, accents and trailing blanks count. Give its columns of ids a"
                        + " binary collation; for a store of your own, run its contract suite (rule 3)",
                null);
    }
}
