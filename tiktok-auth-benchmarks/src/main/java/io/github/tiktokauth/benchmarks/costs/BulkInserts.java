package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import java.util.List;
import java.util.Locale;

/** Statements with which a database fills its own tables; the templates name rows {@code n}, from %1$d to %2$d. */
enum BulkInserts {
    POSTGRESQL(
            "generate_series(%1$d, %2$d) AS r(n)",
            "date_trunc('milliseconds', clock_timestamp() AT TIME ZONE 'UTC')",
            List.of("VACUUM ANALYZE tiktok_shop_auth", "VACUUM ANALYZE tiktok_shop_auth_state")) {
        @Override
        String hex(String text, boolean sha256) {
            return sha256 ? "encode(sha256((" + text + ")::bytea), 'hex')" : "md5(" + text + ")";
        }

        @Override
        String later(String instant, String seconds) {
            return instant + " + (" + seconds + ") * INTERVAL '1 second'";
        }
    },
    H2(
            "SYSTEM_RANGE(%1$d, %2$d) AS r(n)",
            "DATEADD(MILLISECOND, CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000) AS BIGINT),"
                    + " TIMESTAMP '1970-01-01 00:00:00')",
            List.of("ANALYZE")) {
        @Override
        String hex(String text, boolean sha256) {
            return "LOWER(RAWTOHEX(HASH('" + (sha256 ? "SHA-256" : "MD5") + "', " + text + ")))";
        }

        @Override
        String later(String instant, String seconds) {
            return "DATEADD(SECOND, " + seconds + ", " + instant + ")";
        }
    };

    private static final int DAY = 86_400;

    private final String from;
    private final String now;
    private final List<String> analyze;

    BulkInserts(String series, String now, List<String> analyze) {
        this.from = " FROM " + series + ", (SELECT " + now + " AS now) t";
        this.now = now;
        this.analyze = analyze;
    }

    abstract String hex(String text, boolean sha256);

    abstract String later(String instant, String seconds);

    List<String> analyze() {
        return analyze;
    }

    /** Ciphertexts are as long as real ones; ends lie from one to seven days ahead, in no order. */
    String users(long first, long last) {
        String uuid = this == H2 ? "RANDOM_UUID()" : "gen_random_uuid()";
        return filled(
                "INSERT INTO tiktok_shop_auth (id, user_id, shop_id, shop_name, access_token, refresh_token,"
                        + " access_token_expires_at, refresh_token_expires_at, scope, region, created_at, updated_at,"
                        + " app_key, shop_cipher, open_id, generation, tokens_obtained_at, authorized_at) SELECT CAST("
                        + uuid
                        + " AS VARCHAR(36)), 'user-' || n, 'shop-of-user-' || n, 'Shop ' || n, REPEAT("
                        + hex("'a' || n", false) + ", 18), REPEAT(" + hex("'r' || n", false) + ", 18), "
                        + later("t.now", DAY + " + MOD(n * CAST(37 AS BIGINT), " + 6 * DAY + ")") + ", "
                        + later("t.now", Integer.toString(300 * DAY))
                        + ", 'seller.product.basic,seller.order.info', 'GB', t.now, t.now, '" + TikTokAuthPeer.APP_KEY
                        + "', 'ROW_' || "
                        + hex("'c' || n", false) + ", " + hex("'o' || n", false) + ", 3, "
                        + later("t.now", Integer.toString(-DAY)) + ", t.now",
                first,
                last);
    }

    String states(long first, long last) {
        return filled(
                "INSERT INTO tiktok_shop_auth_state (hash, user_id, app_key, binding_hash, created_at, expires_at) SELECT "
                        + hex("'s' || n", true) + ", 'user-' || n, '" + TikTokAuthPeer.APP_KEY + "', "
                        + hex("'b' || n", true) + ", t.now, "
                        + later("t.now", "600 + MOD(n, 600)"),
                first,
                last);
    }

    String statesThatRanOut(long first, long last) {
        return filled(
                "INSERT INTO tiktok_shop_auth_state (hash, user_id, app_key, created_at, expires_at) SELECT "
                        + hex("'x' || n", true) + ", 'user-' || n, '" + TikTokAuthPeer.APP_KEY + "', t.now, "
                        + later("t.now", "-1 - MOD(n, 600)"),
                first,
                last);
    }

    String removeWhatRanOut() {
        return "DELETE FROM tiktok_shop_auth_state WHERE expires_at <= (SELECT " + now + ")";
    }

    private String filled(String insert, long first, long last) {
        return insert + String.format(Locale.ROOT, from, first, last);
    }
}
