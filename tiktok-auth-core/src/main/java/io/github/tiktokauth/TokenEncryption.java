package io.github.tiktokauth;

import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenCipher;

/** Where plaintext becomes ciphertext and back; each ciphertext is bound to store, column and user. */
final class TokenEncryption {

    private final TokenCipher cipher;
    private final String table;

    TokenEncryption(TokenCipher cipher, String table) {
        this.cipher = cipher;
        this.table = table;
    }

    AccessToken accessToken(StoredAuthorization row) {
        return new AccessToken(
                cipher.decrypt(row.tokens().accessToken(), access(row.userId())),
                row.tokens().accessTokenExpiresAt(),
                row.shop().shopId(),
                row.shop().cipher());
    }

    String refreshToken(StoredAuthorization row) {
        return cipher.decrypt(row.tokens().refreshToken(), refresh(row.userId()));
    }

    StoredTokens seal(String userId, PlainTokens tokens) {
        return new StoredTokens(
                cipher.encrypt(tokens.accessToken(), access(userId)),
                cipher.encrypt(tokens.refreshToken(), refresh(userId)),
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
        StoredTokens tokens = row.tokens();
        return new StoredTokens(
                cipher.encrypt(accessToken(row).value(), access(row.userId())),
                cipher.encrypt(refreshToken(row), refresh(row.userId())),
                tokens.accessTokenExpiresAt(),
                tokens.refreshTokenExpiresAt(),
                tokens.openId(),
                tokens.scope());
    }

    String keyId(StoredAuthorization row) {
        return cipher.keyId(row.tokens().refreshToken());
    }

    private CipherContext access(String userId) {
        return new CipherContext(table, "access_token", userId);
    }

    private CipherContext refresh(String userId) {
        return new CipherContext(table, "refresh_token", userId);
    }
}
