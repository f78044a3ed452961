package io.github.tiktokauth.spi;

import java.util.List;
import java.util.Optional;

/**
 * Chooses one shop when a token covers several and the callback did not name one. Without one of the host's own the first in
 * the order of the ids is taken.
 */
@FunctionalInterface
public interface ShopSelector {

    /**
     * Chooses.
     *
     * @param shops at least two shops, already narrowed to the region if the callback named one, in the order of their ids
     * @return one of them; empty to refuse the callback
     */
    Optional<StoredShop> select(List<StoredShop> shops);
}
