package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import java.time.Duration;
import java.util.Locale;

/** Calls of one contestant for a fresh token and for one that is soon to expire, while its token host is in trouble. */
final class TroubledCalls implements AutoCloseable {

    private static final String FRESH = Seed.userId(1);
    private static final String SOON = Seed.userId(2);
    private static final String WARM_UP = Seed.userId(3);
    private static final Duration WHOLE_LIFE = Duration.ofDays(7);
    private static final Duration DURING = Duration.ofMillis(150);

    final Contestant contestant;
    final TokenHost.Trouble trouble;
    final Figures fresh = new Figures();
    final Figures soon = new Figures();
    final Figures worst = new Figures();
    int calls;
    int failures;
    boolean unanswered;

    /**
     * Sets it up.
     *
     * @param left how long the token lives on, so that this contestant wants another
     */
    TroubledCalls(Contestant contestant, TokenHost.Trouble trouble, Duration left) {
        this.contestant = contestant;
        this.trouble = trouble;
        contestant.connect(1, 3, WHOLE_LIFE);
        if (contestant.isOurs()) {
            age(contestant.settings().getOrDefault("database", ""), WHOLE_LIFE.minus(left));
        } else {
            contestant.store().accept(contestant.host().authorize(SOON, left));
        }
        contestant.host().trouble(trouble);
        CallTimes.of(contestant.peer(), WARM_UP, DURING, Integer.MAX_VALUE);
    }

    /** As if it had been obtained earlier: how early a refresh is wanted depends on the token's whole life. */
    private static void age(String database, Duration by) {
        String interval = String.format(Locale.ROOT, "interval '%d seconds'", by.toSeconds());
        Postgres.execute(
                database,
                "UPDATE tiktok_shop_auth SET tokens_obtained_at = tokens_obtained_at - " + interval
                        + ", access_token_expires_at = access_token_expires_at - " + interval + " WHERE user_id = '"
                        + SOON + "'");
    }

    void round(int most) {
        fresh.add(CallTimes.of(contestant.peer(), FRESH, DURING, Integer.MAX_VALUE)
                .medianMicros());
        CallTimes times = CallTimes.of(contestant.peer(), SOON, DURING, most);
        soon.add(times.medianMicros());
        worst.add(times.worstMicros());
        calls += times.calls();
        failures += times.failures();
        unanswered |= times.unanswered();
    }

    double ratio() {
        return soon.median() / fresh.median();
    }

    @Override
    public void close() {
        contestant.close();
    }
}
