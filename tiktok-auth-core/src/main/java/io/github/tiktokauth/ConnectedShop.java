package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * A completed callback.
 *
 * @param shop the shop that is connected now
 * @param renewed whether the user held this shop already, so that only its tokens were replaced
 * @param hostState the host's own value from the start of this consent, if it gave one
 * @param requestedScope the scope that the host asked for at the start of this consent, if it did
 */
public record ConnectedShop(
        ShopInfo shop,
        boolean renewed,
        @Nullable String hostState,
        @Nullable String requestedScope) {

    /**
     * Returns the shop, without the host's value.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "ConnectedShop[" + shop + ", renewed=" + renewed + "]";
    }
}
