package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoredShop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A TikTok that grants what it is asked for, unless the test has put something else before. */
final class ScriptedTikTok implements TikTokApi {

    /** One answer. */
    interface Answer<T> {
        T to(String secret) throws CallFailure;
    }

    private final InstantSource clock;
    private final AtomicInteger serial = new AtomicInteger();
    private final Deque<Answer<TokenResponse>> exchanges = new ArrayDeque<>();
    private final Deque<Answer<TokenResponse>> refreshes = new ArrayDeque<>();
    private final Deque<Answer<List<StoredShop>>> lists = new ArrayDeque<>();
    final List<String> codes = Collections.synchronizedList(new ArrayList<>());
    final List<String> spent = Collections.synchronizedList(new ArrayList<>());
    volatile Duration lifetime = Duration.ofDays(7);
    volatile List<StoredShop> shops = List.of(TestHost.SHOP);
    volatile boolean closed;

    ScriptedTikTok(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void onExchange(Answer<TokenResponse> answer) {
        exchanges.add(answer);
    }

    synchronized void onRefresh(Answer<TokenResponse> answer) {
        refreshes.add(answer);
    }

    synchronized void onShops(Answer<List<StoredShop>> answer) {
        lists.add(answer);
    }

    TokenResponse tokenResponse() {
        int number = serial.incrementAndGet();
        return tokenResponse("access-" + number, "refresh-" + number);
    }

    TokenResponse tokenResponse(String accessToken, String refreshToken) {
        return new TokenResponse(
                accessToken,
                refreshToken,
                clock.instant().plus(lifetime),
                clock.instant().plus(Duration.ofDays(36_500)),
                "open",
                "scope.a scope.b",
                0);
    }

    @Override
    public TokenResponse exchange(String code) throws CallFailure {
        codes.add(code);
        return next(exchanges, secret -> tokenResponse()).to(code);
    }

    @Override
    public TokenResponse refresh(String refreshToken) throws CallFailure {
        spent.add(refreshToken);
        return next(refreshes, secret -> tokenResponse()).to(refreshToken);
    }

    @Override
    public List<StoredShop> shops(String accessToken) throws CallFailure {
        return next(lists, secret -> shops).to(accessToken);
    }

    private synchronized <T> Answer<T> next(Deque<Answer<T>> script, Answer<T> otherwise) {
        return script.isEmpty() ? otherwise : script.remove();
    }

    @Override
    public void close() {
        closed = true;
    }

    static CallFailure unavailable() {
        return CallFailure.refused(new TikTokError(503, 36009003, "internal error", "r503"), null);
    }

    static CallFailure unavailable(Duration retryAfter) {
        return CallFailure.refused(new TikTokError(429, 36009002, "too many", "r429"), retryAfter);
    }

    static CallFailure refused(long code) {
        return CallFailure.refused(new TikTokError(200, code, "refused", "r" + code), null);
    }

    static CallFailure lost() {
        return CallFailure.unanswered("no answer from TikTok: SocketTimeoutException");
    }
}
