package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.jdbc.AdoptionReport.Reason;
import io.github.tiktokauth.jdbc.AdoptionReport.Skipped;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AuthorizationRows of the common Prisma model: quoted camelCase columns, plaintext tokens. */
class LegacyAdoptionTest extends StoresTest {

    private static final String OURS = "tiktok_shop_auth";
    private static final String OLD = "tiktok_shop_auth_old";
    private final Instant written = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofDays(2));
    private final Instant accessEnd = written.plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS);
    private static final Instant REFRESH = Instant.parse("2125-09-05T00:00:00Z");

    private final AesGcmCipher cipher = AesGcmCipher.ofKeys(AesGcmCipher.generateKey("k1"));

    @BeforeEach
    void createOldTable() {
        String time = server == TestServer.MARIADB ? "DATETIME(3)" : "TIMESTAMP(3)";
        String ddl = """
                CREATE TABLE "tiktok_shop_auth_old" (
                  "id" VARCHAR(191) NOT NULL PRIMARY KEY,
                  "userId" VARCHAR(191),
                  "shopId" VARCHAR(191),
                  "shopName" VARCHAR(191),
                  "accessToken" VARCHAR(2000),
                  "refreshToken" VARCHAR(2000),
                  "accessTokenExpiresAt" TIME,
                  "refreshTokenExpiresAt" TIME,
                  "scope" VARCHAR(191),
                  "region" VARCHAR(191),
                  "isActive" BOOLEAN NOT NULL DEFAULT TRUE,
                  "createdAt" TIME,
                  "updatedAt" TIME,
                  "deletedAt" TIME
                )
                """.replace("TIME,", time + ",").replace("TIME\n", time + "\n");
        database.run(server == TestServer.MARIADB ? ddl.replace('"', '`') + " CHARACTER SET utf8mb4" : ddl);
    }

    private String quoted(String name) {
        return server == TestServer.MARIADB ? "`" + name + "`" : "\"" + name + "\"";
    }

    private void insert(
            String id, @Nullable String userId, @Nullable String shopId, Instant access, @Nullable Instant refresh) {
        insert(id, userId, shopId, "plain-a-" + id, access, refresh, true, null);
    }

    private void insert(
            String id,
            @Nullable String userId,
            @Nullable String shopId,
            @Nullable String accessToken,
            Instant access,
            @Nullable Instant refresh,
            boolean active,
            @Nullable Instant deletedAt) {
        String sql = "INSERT INTO " + quoted(OLD) + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        Object[] values = {
            id,
            userId,
            shopId,
            "店 of " + id,
            accessToken,
            "plain-r-" + id,
            utc(access),
            utc(refresh),
            "scope.a",
            "GB",
            active,
            utc(written.minus(Duration.ofDays(90))),
            utc(written),
            utc(deletedAt)
        };
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private StoredAuthorization row(String userId) {
        return stores.tokenStore().find(userId).orElseThrow();
    }

    @Test
    void aRowComesOverWholeAndEncrypted() {
        insert("c1", "u1", "7495540735365777507", accessEnd, REFRESH);

        AdoptionReport report = stores.adopt(OLD, cipher);

        assertThat(report).isEqualTo(new AdoptionReport(1, 0, List.of()));
        StoredAuthorization row = row("u1");
        assertThat(row.shop()).isEqualTo(new StoredShop("7495540735365777507", "店 of c1", "GB", null, false));
        assertThat(row.tokens().accessTokenExpiresAt()).isEqualTo(accessEnd);
        assertThat(row.tokens().refreshTokenExpiresAt()).isEqualTo(REFRESH);
        assertThat(row.tokens().scope()).isEqualTo("scope.a");
        assertThat(row.createdAt()).isEqualTo(written.minus(Duration.ofDays(90)));
        assertThat(row.tokensObtainedAt()).isEqualTo(written);
        assertThat(row.authorizedAt()).isEqualTo(row.createdAt());
        assertThat(row.appKey()).isNull();
        assertThat(row.authorizedShops()).isNull();
        assertThat(row.generation()).isEqualTo(1);
        assertThat(cipher.decrypt(row.tokens().accessToken(), new CipherContext(OURS, "access_token", "u1", null)))
                .isEqualTo("plain-a-c1");
        assertThat(cipher.decrypt(row.tokens().refreshToken(), new CipherContext(OURS, "refresh_token", "u1", null)))
                .isEqualTo("plain-r-c1");
        assertThat(stores.tokenStore().saveTokens(row.id(), 1, Samples.APP, Samples.tokens("next"), false))
                .isTrue();
    }

    @Test
    void endingsThatWereAddedToNowArePutRight() {
        insert(
                "c1",
                "u1",
                "s1",
                written.plusSeconds(accessEnd.getEpochSecond()),
                written.plusSeconds(REFRESH.getEpochSecond()));

        assertThat(stores.adopt(OLD, cipher).repaired()).isEqualTo(1);

        assertThat(row("u1").tokens().accessTokenExpiresAt()).isEqualTo(accessEnd);
        assertThat(row("u1").tokens().refreshTokenExpiresAt()).isEqualTo(REFRESH);
    }

    @Test
    void anEndOfTheRefreshTokenThatTheOldTableDoesNotTellIsUnknown() {
        insert("c1", "u1", "s1", accessEnd, null);

        assertThat(stores.adopt(OLD, cipher)).isEqualTo(new AdoptionReport(1, 0, List.of()));

        assertThat(row("u1").tokens().refreshTokenExpiresAt()).isNull();
        assertThat(row("u1").tokens().accessTokenExpiresAt()).isEqualTo(accessEnd);
    }

    @Test
    void doneAgainItBringsOnlyWhatIsNew() {
        insert("c1", "u1", "s1", accessEnd, REFRESH);
        insert("c2", "u2", "s2", accessEnd, REFRESH);
        stores.adopt(OLD, cipher);
        StoredAuthorization before = row("u1");
        stores.tokenStore().disconnect("u2");
        insert("c3", "u3", "s3", accessEnd, REFRESH);

        AdoptionReport again = stores.adopt(OLD, cipher);

        assertThat(again.adopted()).isEqualTo(1);
        assertThat(again.skipped())
                .containsExactly(new Skipped("c1", Reason.ALREADY_ADOPTED), new Skipped("c2", Reason.ALREADY_ADOPTED));
        assertThat(row("u1").tokens()).isEqualTo(before.tokens());
        assertThat(stores.tokenStore().find("u2"))
                .as("a disconnect is not undone")
                .isEmpty();
        assertThat(row("u3").shop().shopId()).isEqualTo("s3");
    }

    @Test
    void whatCannotComeOverIsToldRowByRow() {
        stores.tokenStore().connect(Samples.authorization("u-here", "s-here"));
        insert("a", "u1", "s1", "plain", accessEnd, REFRESH, false, null);
        insert("b", "u2", "s2", "plain", accessEnd, REFRESH, true, written);
        insert("c", null, "s3", accessEnd, REFRESH);
        insert("d", "u4", null, accessEnd, REFRESH);
        insert("e", "u5", "s5", null, accessEnd, REFRESH, true, null);
        insert("f", "u6" + "x".repeat(150), "s6", accessEnd, REFRESH);
        insert("g", "u-here", "s7", accessEnd, REFRESH);
        insert("h", "u8", "s-here", accessEnd, REFRESH);
        insert("i", "u9", "s9", accessEnd, REFRESH);

        AdoptionReport report = stores.adopt(OLD, cipher);

        assertThat(report.adopted()).isEqualTo(1);
        assertThat(report.skipped())
                .containsExactly(
                        new Skipped("a", Reason.DISCONNECTED),
                        new Skipped("b", Reason.DISCONNECTED),
                        new Skipped("c", Reason.INCOMPLETE),
                        new Skipped("d", Reason.INCOMPLETE),
                        new Skipped("e", Reason.INCOMPLETE),
                        new Skipped("f", Reason.BAD_VALUE),
                        new Skipped("g", Reason.USER_CONNECTED_ALREADY),
                        new Skipped("h", Reason.SHOP_HELD_BY_ANOTHER_USER));
        assertThat(row("u-here").shop().shopId()).isEqualTo("s-here");
        assertThat(row("u9").shop().shopId()).isEqualTo("s9");
    }

    @Test
    void manyRowsComeInPages() {
        for (int i = 0; i < 403; i++) {
            insert("c%03d".formatted(i), "u" + i, "s" + i, accessEnd, REFRESH);
        }
        assertThat(stores.adopt(OLD, cipher).adopted()).isEqualTo(403);
        assertThat(database.ask("SELECT COUNT(*) FROM tiktok_shop_auth")).containsExactly("403");
        AdoptionReport again = stores.adopt(OLD, cipher);
        assertThat(again.adopted()).isZero();
        assertThat(again.skipped()).hasSize(403);
    }

    @Test
    void numericIdsAndSnakeCaseAndMissingColumnsAreUnderstood() {
        String zoned = server == TestServer.MARIADB ? "DATETIME(3)" : "TIMESTAMP(3) WITH TIME ZONE";
        database.run(
                "CREATE TABLE older (id INT NOT NULL PRIMARY KEY, user_id INT, shop_id BIGINT, access_token VARCHAR(99),"
                        + " refresh_token VARCHAR(99), access_token_expires_at " + zoned + ")");
        for (int i = 1; i <= 12; i++) {
            database.run("INSERT INTO older VALUES (" + i + ", " + 100 * i + ", " + (7495540735365777500L + i)
                    + ", 'a', 'r', '2026-11-01 10:20:30.123" + (server == TestServer.MARIADB ? "" : "+00") + "')");
        }
        String older = server.isH2() ? "OLDER" : "older";

        assertThat(stores.adopt(older, cipher).adopted()).isEqualTo(12);
        assertThat(row("1200").tokens().accessTokenExpiresAt()).isEqualTo(Instant.parse("2026-11-01T10:20:30.123Z"));
        assertThat(stores.adopt(older, cipher).skipped())
                .hasSize(12)
                .last()
                .isEqualTo(new Skipped("12", Reason.ALREADY_ADOPTED));
    }

    @Test
    void aWrongTableIsRefused() {
        database.run("CREATE TABLE strange (id INT)");
        String strange = server.isH2() ? "STRANGE" : "strange";
        for (String table : new String[] {"no_such_table", strange}) {
            assertThatThrownBy(() -> stores.adopt(table, cipher))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SCHEMA));
        }
        assertThatThrownBy(() -> stores.adopt(OURS, cipher)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stores.adopt("old\"; DROP TABLE x", cipher))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
