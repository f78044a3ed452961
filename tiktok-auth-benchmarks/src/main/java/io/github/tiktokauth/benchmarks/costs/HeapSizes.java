package io.github.tiktokauth.benchmarks.costs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.microsoft.aad.msal4j.HttpResponse;
import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.benchmarks.peers.GooglePeer;
import io.github.tiktokauth.benchmarks.peers.MsalPeer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.openjdk.jol.info.GraphLayout;

/** Runs in a JVM of its own, which lets it look into objects, and prints their sizes. */
final class HeapSizes {

    static final int USERS = 10_000;
    static final String PART = "part";

    private static final String NOWHERE = "http://127.0.0.1:1/";
    private static final double LEAST_SHOWN = 0.01;

    /** Who holds tokens, and the object that does. */
    enum Holder {
        CAFFEINE("Caffeine, the bare token", "access token", seeds -> floor(seeds, Seed::accessToken)),
        CAFFEINE_FACTS(
                "Caffeine, our answer", "access token, end, shop, cipher", seeds -> floor(seeds, HeapSizes::facts)),
        OURS("ours", "access token, end, shop, cipher", HeapSizes::ours),
        SPRING(
                "Spring in memory",
                "access and refresh token",
                seeds -> field(field(SpringPeer.inMemory(seeds, NOWHERE), "service"), "authorizedClients")),
        GOOGLE_AUTH("google-auth", "access and refresh token", seeds -> field(new GooglePeer(seeds, NOWHERE), "users")),
        MSAL4J(
                "MSAL4J",
                "access and refresh token, account",
                seeds -> field(field(new MsalPeer(seeds, request -> new HttpResponse()), "application"), "tokenCache"));

        private final String label;
        private final String note;
        private final Function<List<Seed>, Object> make;

        Holder(String label, String note, Function<List<Seed>, Object> make) {
            this.label = label;
            this.note = note;
            this.make = make;
        }

        String label() {
            return label;
        }

        String note() {
            return note;
        }

        boolean keepsRefreshTokens() {
            return note.contains("refresh token");
        }

        GraphLayout of(int users) {
            return GraphLayout.parseInstance(make.apply(IntStream.range(0, users)
                    .mapToObj(number -> Seed.of(number, Duration.ofDays(6)))
                    .toList()));
        }
    }

    private HeapSizes() {}

    public static void main(String[] args) {
        for (Holder holder : Holder.values()) {
            GraphLayout one = holder.of(1);
            GraphLayout many = holder.of(USERS + 1);
            long each = Math.round((double) (many.totalSize() - one.totalSize()) / USERS);
            long refreshToken = holder.keepsRefreshTokens()
                    ? GraphLayout.parseInstance(Seed.of(0, Duration.ZERO).refreshToken())
                            .totalSize()
                    : 0;
            System.out.println(holder + "\t" + each + "\t" + (each - refreshToken));
            if (holder == Holder.OURS) {
                parts(one, many);
            }
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void parts(GraphLayout one, GraphLayout many) {
        for (Class<?> part : many.getClasses()) {
            double count = (double) (many.getClassCounts().count(part)
                            - one.getClassCounts().count(part))
                    / USERS;
            double size = (double) (many.getClassSizes().count(part)
                            - one.getClassSizes().count(part))
                    / USERS;
            if (size >= LEAST_SHOWN) {
                System.out.println(
                        String.format(Locale.ROOT, "%s\t%s\t%.2f\t%.1f", PART, part.getTypeName(), count, size));
            }
        }
    }

    private static Object ours(List<Seed> seeds) {
        TikTokAuthPeer ours = TikTokAuthPeer.inMemory(seeds);
        seeds.forEach(seed -> ours.token(seed.userId()));
        TikTokAuth auth = (TikTokAuth) field(ours, "auth");
        return field(field(auth, "cache"), "cache");
    }

    private static Object floor(List<Seed> seeds, Function<Seed, Object> value) {
        Cache<String, Object> cache = Caffeine.newBuilder()
                .maximumSize(TikTokAuthPeer.CACHE_SIZE)
                .expireAfterWrite(Duration.ofMinutes(10))
                .executor(Runnable::run)
                .build();
        seeds.forEach(seed -> cache.put(seed.userId(), value.apply(seed)));
        return cache;
    }

    private static AccessToken facts(Seed seed) {
        return AccessToken.of(
                seed.accessToken(), seed.expiresAt(), "shop-of-" + seed.userId(), "cipher-of-" + seed.userId());
    }

    private static Object field(Object holder, String name) {
        for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return valueOf(field, holder);
                }
            }
        }
        throw new IllegalStateException(holder.getClass() + " has no field " + name);
    }

    private static Object valueOf(Field field, Object holder) {
        try {
            field.setAccessible(true);
            return Objects.requireNonNull(field.get(holder));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
