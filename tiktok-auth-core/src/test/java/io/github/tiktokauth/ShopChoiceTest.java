package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import io.github.tiktokauth.spi.ShopSelector;
import io.github.tiktokauth.spi.StoredShop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several authorized shops is connected. */
class ShopChoiceTest {

    private static final StoredShop GB = new StoredShop("7494049642642441621", "one", "GB", "c1", false);
    private static final StoredShop DE = new StoredShop("7494049642642441622", "two", "DE", "c2", false);
    private static final StoredShop DE2 = new StoredShop("7494049642642441623", "three", "DE", "c3", false);
    private static final StoredShop NOWHERE = new StoredShop("7494049642642441624", null, null, null, false);

    private final List<List<StoredShop>> offered = new ArrayList<>();

    private String connected(ShopSelector selector, List<StoredShop> shops, String shopId, String region) {
        try (TestHost host = new TestHost(builder -> selector == null ? builder : builder.shopSelector(selector))) {
            host.tikTok.shops = shops;
            String state = host.auth.initiate(USER).state();
            return host.auth
                    .callback(CallbackRequest.of(USER, "c", state)
                            .withShopId(shopId)
                            .withRegion(region))
                    .shop()
                    .shopId();
        }
    }

    private void assertRefused(
            Rejection reason, ShopSelector selector, List<StoredShop> shops, String id, String region) {
        assertThatExceptionOfType(CallbackRejectedException.class)
                .isThrownBy(() -> connected(selector, shops, id, region))
                .satisfies(e -> assertThat(e.rejection()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "7494049642642441623,-,7494049642642441623",
                "7494049642642441623,GB,7494049642642441623",
                "-,GB,7494049642642441621",
                "-,de,7494049642642441622",
                "'',DE,7494049642642441622",
                "' ',' ',7494049642642441621",
                "-,-,7494049642642441621"
            })
    void theIdDecidesThenTheRegionThenTheOrder(String shopId, String region, String expected) {
        assertThat(connected(null, List.of(GB, DE, DE2, NOWHERE), shopId, region))
                .isEqualTo(expected);
    }

    @Test
    void aShopThatWasNotAuthorizedIsRefusedHoweverCloseItsId() {
        for (String id : List.of("7494049642642441620", "749404964264244162", " 7494049642642441621", "x")) {
            assertRefused(Rejection.SHOP_NOT_AUTHORIZED, null, List.of(GB), id, null);
        }
        assertRefused(Rejection.SHOP_NOT_AUTHORIZED, null, List.of(GB, DE), null, "US");
    }

    @Test
    void noShopIsToldAsThat() {
        assertRefused(Rejection.NO_SHOP, null, List.of(), null, null);
        assertRefused(Rejection.NO_SHOP, null, List.of(), GB.shopId(), "GB");
    }

    @Test
    void aSelectorChoosesAmongWhatTheRegionLeaves() {
        ShopSelector last = shops -> {
            offered.add(shops);
            return Optional.of(shops.get(shops.size() - 1));
        };
        assertThat(connected(last, List.of(GB, DE, DE2), null, "DE")).isEqualTo(DE2.shopId());
        assertThat(connected(last, List.of(GB, DE, DE2), null, null)).isEqualTo(DE2.shopId());
        assertThat(offered).containsExactly(List.of(DE, DE2), List.of(GB, DE, DE2));
    }

    @Test
    void aSelectorIsNotAskedWhereThereIsNothingToChoose() {
        ShopSelector never = shops -> {
            throw new AssertionError("asked");
        };
        assertThat(connected(never, List.of(GB), null, null)).isEqualTo(GB.shopId());
        assertThat(connected(never, List.of(GB, DE, DE2), null, "GB")).isEqualTo(GB.shopId());
        assertThat(connected(never, List.of(GB, DE, DE2), DE.shopId(), null)).isEqualTo(DE.shopId());
    }

    @Test
    void aSelectorMayRefuseButNotInvent() {
        assertRefused(Rejection.SHOP_NOT_AUTHORIZED, shops -> Optional.empty(), List.of(GB, DE), null, null);
        assertRefused(Rejection.SHOP_NOT_AUTHORIZED, shops -> Optional.of(DE2), List.of(GB, DE), null, null);
    }
}
