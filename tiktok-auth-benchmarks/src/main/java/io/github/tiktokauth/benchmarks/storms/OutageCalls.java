package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.Samples;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import java.time.Duration;
import java.util.Locale;

/** Calls of one contestant for a fresh token and for one that is soon to expire, while its token host fails. */
final class OutageCalls implements AutoCloseable {

    private static final String FRESH = Seed.userId(1);
    private static final String SOON = Seed.userId(2);
    private static final String WARM_UP = Seed.userId(3);
    private static final Duration WHOLE_LIFE = Duration.ofDays(7);
    private static final Duration DURING = Duration.ofMillis(150);

    final Contestant contestant;
    final TokenHost.Outage outage;
    final Samples fresh = new Samples();
    final Samples soon = new Samples();
    final Samples worst = new Samples();
    int calls;
    int failures;
    boolean unanswered;

    /**
     * Sets up the users and the outage.
     *
     * @param left how long the token lives on, so that this contestant wants another
     */
    OutageCalls(Contestant contestant, TokenHost.Outage outage, Duration left) {
        this.contestant = contestant;
        this.outage = outage;
        contestant.connect(1, 3, WHOLE_LIFE);
        if (contestant.isOurs()) {
            age(contestant.settings().getOrDefault("database", ""), WHOLE_LIFE.minus(left));
        } else {
            contestant.store().accept(contestant.host().authorize(SOON, left));
        }
        contestant.host().outage(outage);
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
