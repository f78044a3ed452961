package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoredShop;
import java.util.List;

/** The three calls to TikTok that keeping an authorization takes. */
interface TikTokApi extends AutoCloseable {

    TokenResponse exchange(String code) throws CallFailure;

    TokenResponse refresh(String refreshToken) throws CallFailure;

    /** The shops that an access token covers, in the order of their ids; may be none. */
    List<StoredShop> shops(String accessToken) throws CallFailure;

    @Override
    void close();
}
