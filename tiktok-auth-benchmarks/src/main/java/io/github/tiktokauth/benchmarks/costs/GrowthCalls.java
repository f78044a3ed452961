package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a host's calls do to the store, by name. */
final class GrowthCalls {

    static final String REFRESH = "refresh: read, lease, save";
    static final String DUE = "find due, 100 wanted";
    static final String NONE_DUE = "find due, none is";
    static final String PURGE = "purge, 100 states";
    static final String NOTHING_TO_PURGE = "purge, nothing to do";

    static final int LIMIT = 100;

    private final JdbcStores stores;
    private final List<String> users;
    private final Random random = new Random(1);

    GrowthCalls(JdbcStores stores, List<String> users) {
        this.stores = stores;
        this.users = users;
    }

    String user() {
        return users.get(random.nextInt(users.size()));
    }

    boolean refresh() {
        TokenStore store = stores.tokenStore();
        StoredAuthorization row = found(user());
        String owner = UUID.randomUUID().toString();
        if (!store.acquireLease(row.id(), row.generation(), owner, Duration.ofSeconds(20), false, false)
                || !store.saveTokens(row.id(), row.generation(), TikTokAuthPeer.APP_KEY, row.tokens(), false)) {
            throw new IllegalStateException("nobody else refreshes");
        }
        return true;
    }

    /** Of a fleet that has not been refreshed for days. */
    List<DueAuthorization> due() {
        return findDue(Duration.ofDays(8), null);
    }

    /** Of a fleet that is kept refreshed: what a scheduler finds most of the time. */
    boolean noneDue() {
        if (!findDue(Duration.ofHours(1), null).isEmpty()) {
            throw new IllegalStateException("none ends within an hour");
        }
        return true;
    }

    int purge() {
        return stores.stateStore().purge(LIMIT);
    }

    /** Those whose plans are worth a look, the timed ones among them; each is run once. */
    Map<String, Runnable> forPlans() {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put(REFRESH, this::refresh);
        calls.put(DUE, this::due);
        calls.put("find due, the next page", () -> {
            DueAuthorization last = due().get(LIMIT - 1);
            findDue(Duration.ofDays(8), last.position());
        });
        calls.put(NONE_DUE, this::noneDue);
        calls.put(
                "list all users, one page",
                () -> stores.tokenStore().page(found(user()).id(), LIMIT));
        calls.put("find by shop", () -> stores.tokenStore().findByShop("shop-of-" + user()));
        calls.put("disconnect, and erase", () -> {
            String user = user();
            stores.tokenStore().disconnect(user);
            stores.erase(user);
            users.remove(user);
        });
        calls.put(
                "begin a consent",
                () -> stores.stateStore()
                        .save(
                                StoredState.builder(hash(), user(), TikTokAuthPeer.APP_KEY)
                                        .build(),
                                Duration.ofMinutes(10),
                                10));
        calls.put("complete a consent", () -> stores.stateStore().take(hash(), user(), null, hash()));
        calls.put(PURGE, this::purge);
        calls.put(NOTHING_TO_PURGE, () -> {
            while (purge() > 0) {
                // Until nothing is left.
            }
            purge();
        });
        return calls;
    }

    /** When some are marked for re-authorization. */
    Map<String, Runnable> amongMarked() {
        return Map.of("find due, none is, 5 % must authorize again", this::noneDue);
    }

    private List<DueAuthorization> findDue(Duration within, @Nullable DuePosition after) {
        return stores.tokenStore().findDue(within, List.of(TikTokAuthPeer.APP_KEY), after, LIMIT);
    }

    private StoredAuthorization found(String user) {
        return stores.tokenStore().find(user).orElseThrow();
    }

    private String hash() {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        return HexFormat.of().formatHex(hash);
    }
}
