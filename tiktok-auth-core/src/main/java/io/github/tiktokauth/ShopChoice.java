package io.github.tiktokauth;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import io.github.tiktokauth.spi.ShopSelector;
import io.github.tiktokauth.spi.StoredShop;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of the authorized shops is connected: the one asked for, else one of the region asked for, else the selector's. */
final class ShopChoice {

    private final ShopSelector selector;

    ShopChoice(ShopSelector selector) {
        this.selector = selector;
    }

    StoredShop choose(List<StoredShop> shops, @Nullable String shopId, @Nullable String region) {
        if (shops.isEmpty()) {
            throw new CallbackRejectedException(Rejection.NO_SHOP, "the authorization covers no shop", null);
        }
        List<StoredShop> fitting =
                shops.stream().filter(shop -> fits(shop, shopId, region)).toList();
        Optional<StoredShop> chosen = fitting.size() < 2
                ? fitting.stream().findFirst()
                : selector.select(fitting).filter(fitting::contains);
        return chosen.orElseThrow(() -> new CallbackRejectedException(
                Rejection.SHOP_NOT_AUTHORIZED, "the authorization does not cover the shop or region asked for", null));
    }

    private static boolean fits(StoredShop shop, @Nullable String shopId, @Nullable String region) {
        if (shopId != null && !shopId.isBlank()) {
            return shop.shopId().equals(shopId);
        }
        return region == null || region.isBlank() || region.equalsIgnoreCase(shop.region());
    }
}
