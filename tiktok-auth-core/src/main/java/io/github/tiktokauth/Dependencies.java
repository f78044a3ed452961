package io.github.tiktokauth;

import io.github.tiktokauth.spi.ShopSelector;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenCipher;
import io.github.tiktokauth.spi.TokenStore;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a {@link TikTokAuth} is made from: the host's, or the defaults, and complete. */
record Dependencies(
        TikTokConfig config,
        Settings settings,
        TokenStore tokenStore,
        StateStore stateStore,
        TokenCipher cipher,
        TikTokApi api,
        Time time,
        ShopSelector shopSelector,
        List<AuthorizationListener> listeners,
        @Nullable Executor refreshExecutor,
        @Nullable Executor callThreads) {}
