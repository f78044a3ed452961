package io.github.tiktokauth;

import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenCipher;
import org.jspecify.annotations.Nullable;

/** Where plaintext becomes ciphertext and back; each ciphertext is bound to store, column, user and App Key. */
final class TokenEncryption {

    /** A row always has a ciphertext for both tokens. */
    private static final String NO_ACCESS_TOKEN = "";

    private final TokenCipher cipher;
    private final String table;
    private final String appKey;

    TokenEncryption(TokenCipher cipher, String table, String appKey) {
        this.appKey = appKey;
        this.cipher = cipher;
        this.table = table;
    }

    /** Returns the access token of a row, or {@code null} if it was stored without one. */
    @Nullable AccessToken accessToken(StoredAuthorization row) {
        String token = accessTokenText(row);
        return token.equals(NO_ACCESS_TOKEN)
                ? null
                : AccessToken.of(
                        token,
                        row.tokens().accessTokenExpiresAt(),
                        row.shop().shopId(),
                        row.shop().cipher());
    }

    private String accessTokenText(StoredAuthorization row) {
        return cipher.decrypt(row.tokens().accessToken(), access(row.userId(), row.appKey()));
    }

    /** Whether a row holds exactly these tokens. */
    boolean holds(StoredAuthorization row, PlainTokens tokens) {
        return accessTokenText(row).equals(sealable(tokens))
                && refreshToken(row).equals(tokens.refreshToken());
    }

    private static String sealable(PlainTokens tokens) {
        return tokens.accessToken() == null ? NO_ACCESS_TOKEN : tokens.accessToken();
    }

    String refreshToken(StoredAuthorization row) {
        return cipher.decrypt(row.tokens().refreshToken(), refresh(row.userId(), row.appKey()));
    }

    /** The App Key that sealed tokens belong to. */
    String appKey() {
        return appKey;
    }

    StoredTokens seal(String userId, PlainTokens tokens) {
        return new StoredTokens(
                cipher.encrypt(sealable(tokens), access(userId, appKey)),
                cipher.encrypt(tokens.refreshToken(), refresh(userId, appKey)),
                tokens.accessTokenExpiresAt(),
                tokens.refreshTokenExpiresAt(),
                tokens.openId(),
                tokens.scope());
    }

    boolean isCurrent(StoredAuthorization row) {
        return cipher.isCurrent(row.tokens().accessToken())
                && cipher.isCurrent(row.tokens().refreshToken());
    }

    StoredTokens reseal(StoredAuthorization row) {
        return row.tokens()
                .withCiphertexts(
                        cipher.encrypt(accessTokenText(row), access(row.userId(), row.appKey())),
                        cipher.encrypt(refreshToken(row), refresh(row.userId(), row.appKey())));
    }

    String keyId(StoredAuthorization row) {
        return cipher.keyId(row.tokens().refreshToken());
    }

    private CipherContext access(String userId, @Nullable String app) {
        return new CipherContext(table, "access_token", userId, app);
    }

    private CipherContext refresh(String userId, @Nullable String app) {
        return new CipherContext(table, "refresh_token", userId, app);
    }
}
