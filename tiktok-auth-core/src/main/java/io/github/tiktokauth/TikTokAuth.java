package io.github.tiktokauth;

/** STUB for helpers: bodies come. */
@SuppressWarnings("DoNotCallSuggester")
public final class TikTokAuth implements AutoCloseable {
    private TikTokAuth() {}

    public static Builder builder(TikTokConfig config) {
        throw new UnsupportedOperationException();
    }

    public AuthorizationRequest initiate(String userId) {
        throw new UnsupportedOperationException();
    }

    public AuthorizationRequest initiate(AuthorizationOptions options) {
        throw new UnsupportedOperationException();
    }

    public Connected callback(String userId, String code, String state) {
        throw new UnsupportedOperationException();
    }

    public Connected callback(CallbackRequest request) {
        throw new UnsupportedOperationException();
    }

    public AccessToken getValidAccessToken(String userId) {
        throw new UnsupportedOperationException();
    }

    public AccessToken refresh(String userId) {
        throw new UnsupportedOperationException();
    }

    public ShopInfo shopInfo(String userId) {
        throw new UnsupportedOperationException();
    }

    public ConnectionStatus status(String userId) {
        throw new UnsupportedOperationException();
    }

    public boolean disconnect(String userId) {
        throw new UnsupportedOperationException();
    }

    public int erase(String userId) {
        throw new UnsupportedOperationException();
    }

    public io.github.tiktokauth.signing.RequestSigner signer() {
        throw new UnsupportedOperationException();
    }

    public TikTokConfig config() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    @SuppressWarnings("DoNotCallSuggester")
    public static final class Builder {
        public Builder tokenStore(io.github.tiktokauth.spi.TokenStore v) {
            return this;
        }

        public Builder stateStore(io.github.tiktokauth.spi.StateStore v) {
            return this;
        }

        public Builder cipher(io.github.tiktokauth.spi.TokenCipher v) {
            return this;
        }

        public Builder shopSelector(io.github.tiktokauth.spi.ShopSelector v) {
            return this;
        }

        public Builder httpClient(okhttp3.OkHttpClient v) {
            return this;
        }

        public Builder refreshExecutor(java.util.concurrent.Executor v) {
            return this;
        }

        public Builder callTimeout(java.time.Duration v) {
            return this;
        }

        public Builder writeBudget(java.time.Duration v) {
            return this;
        }

        public Builder lease(java.time.Duration v) {
            return this;
        }

        public Builder waitLimit(java.time.Duration v) {
            return this;
        }

        public Builder safetyMargin(java.time.Duration v) {
            return this;
        }

        public Builder cacheFor(java.time.Duration v) {
            return this;
        }

        public TikTokAuth build() {
            throw new UnsupportedOperationException();
        }
    }
}
