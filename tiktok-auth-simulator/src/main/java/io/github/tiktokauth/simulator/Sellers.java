package io.github.tiktokauth.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who can give consent. Kept by id, so that a seller can change shops while tokens live on. */
final class Sellers {

    private final Map<String, SimulatedSeller> byId = new LinkedHashMap<>();

    Sellers() {
        put(SimulatedSeller.of(
                SimulatedSeller.ONE_SHOP, "Teapot & Co", "GB", SimulatedShop.local("Teapot & Co London", "GB")));
        put(SimulatedSeller.of(
                SimulatedSeller.ANOTHER_SHOP, "ร้านกาแฟดอย", "TH", SimulatedShop.local("ร้านกาแฟดอย เชียงใหม่", "TH")));
        put(SimulatedSeller.of(
                        SimulatedSeller.SEVERAL_SHOPS,
                        "北极星 Northstar",
                        "CN",
                        SimulatedShop.crossBorder("Northstar UK", "GB"),
                        SimulatedShop.crossBorder("Northstar US", "US"),
                        SimulatedShop.crossBorder("Nordstern Größe ✓", "DE"),
                        SimulatedShop.crossBorder("Northstar Outlet US", "US"))
                .withUserType(4));
        put(SimulatedSeller.of(SimulatedSeller.NO_SHOP, "Soon to open", "GB"));
        put(SimulatedSeller.of(SimulatedSeller.CREATOR, "Creator <Ada>", "GB").withUserType(1));
        put(SimulatedSeller.of(SimulatedSeller.NAMELESS, "", "US", SimulatedShop.local("Plain Goods", "US"))
                .withSellerName(null)
                .withRegion(null));
    }

    final synchronized void put(SimulatedSeller seller) {
        byId.put(seller.id(), seller);
    }

    synchronized void putIfAbsent(SimulatedSeller seller) {
        byId.putIfAbsent(seller.id(), seller);
    }

    synchronized @Nullable SimulatedSeller find(String id) {
        return byId.get(id);
    }

    SimulatedSeller get(String id) {
        SimulatedSeller seller = find(id);
        if (seller == null) {
            throw new IllegalArgumentException("no simulated seller has the id " + id);
        }
        return seller;
    }

    synchronized List<SimulatedSeller> all() {
        return List.copyOf(byId.values());
    }
}
