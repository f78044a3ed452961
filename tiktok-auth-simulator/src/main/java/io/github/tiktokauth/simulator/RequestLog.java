package io.github.tiktokauth.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests that arrived, one by one and counted. All methods share one lock, so that each answer is consistent. */
public final class RequestLog {

    /** Benchmarks make millions of requests; nobody reads more than the last of them. */
    private static final int REMEMBERED = 10_000;

    enum Event {
        CONSENT,
        DENIAL,
        EXCHANGE,
        EXCHANGED,
        REFRESH,
        REFRESHED,
        REUSED,
        SHOPS,
        PRODUCTS,
        ECHO,
        BAD_SIGNATURE,
        UNKNOWN_PATH
    }

    private final Map<Event, Integer> byEvent = new EnumMap<>(Event.class);
    private final Map<String, Integer> refreshesBySeller = new HashMap<>();
    private final Map<String, Integer> refreshesByToken = new HashMap<>();
    private final Map<String, Integer> inFlightBySeller = new HashMap<>();
    private final Deque<ObservedRequest> observed = new ArrayDeque<>();
    private int inFlight;
    private int maxInFlight;
    private int maxInFlightPerSeller;

    RequestLog() {}

    synchronized void count(Event event) {
        byEvent.merge(event, 1, Integer::sum);
    }

    void reused() {
        count(Event.REUSED);
    }

    synchronized void refreshBegins(@Nullable String sellerId, @Nullable String refreshToken) {
        maxInFlight = Math.max(maxInFlight, ++inFlight);
        if (sellerId != null) {
            refreshesBySeller.merge(sellerId, 1, Integer::sum);
            maxInFlightPerSeller = Math.max(maxInFlightPerSeller, inFlightBySeller.merge(sellerId, 1, Integer::sum));
        }
        if (refreshToken != null) {
            refreshesByToken.merge(refreshToken, 1, Integer::sum);
        }
    }

    synchronized void refreshEnds(@Nullable String sellerId) {
        inFlight--;
        if (sellerId != null) {
            inFlightBySeller.merge(sellerId, -1, Integer::sum);
        }
    }

    synchronized void observe(ObservedRequest request) {
        if (observed.size() == REMEMBERED) {
            observed.removeFirst();
        }
        observed.addLast(request);
    }

    /**
     * Returns the last requests, oldest first; at most ten thousand.
     *
     * @return a copy, without anything secret
     */
    public synchronized List<ObservedRequest> last() {
        return List.copyOf(observed);
    }

    /**
     * Returns how many refreshes were requested with tokens of one seller.
     *
     * @param sellerId the seller's id
     * @return the number of requests
     */
    public synchronized int refreshesOf(String sellerId) {
        return refreshesBySeller.getOrDefault(sellerId, 0);
    }

    /**
     * Returns how many refreshes were requested with one refresh token.
     *
     * @param refreshToken a refresh token of this simulator
     * @return the number of requests
     */
    public synchronized int refreshesWith(String refreshToken) {
        return refreshesByToken.getOrDefault(refreshToken, 0);
    }

    /**
     * Returns how many refreshes were requested, per seller.
     *
     * @return the number of requests by seller id, without sellers that have none
     */
    public synchronized Map<String, Integer> refreshesBySeller() {
        return Map.copyOf(refreshesBySeller);
    }

    synchronized SimulatorCounters snapshot() {
        return new SimulatorCounters(
                of(Event.CONSENT),
                of(Event.DENIAL),
                of(Event.EXCHANGE),
                of(Event.EXCHANGED),
                of(Event.REFRESH),
                of(Event.REFRESHED),
                of(Event.REUSED),
                maxInFlight,
                maxInFlightPerSeller,
                of(Event.SHOPS),
                of(Event.PRODUCTS),
                of(Event.ECHO),
                of(Event.BAD_SIGNATURE),
                of(Event.UNKNOWN_PATH));
    }

    /** What is in flight stays in flight: it will end. */
    synchronized void reset() {
        byEvent.clear();
        refreshesBySeller.clear();
        refreshesByToken.clear();
        observed.clear();
        maxInFlight = inFlight;
        maxInFlightPerSeller = inFlightBySeller.values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    private int of(Event event) {
        return byEvent.getOrDefault(event, 0);
    }
}
