package io.github.tiktokauth.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes wrong, per endpoint: faults for the next calls, in the order in which they were given, then those that last. */
public final class FaultScript {

    private static final class ScriptedFault {
        private final Fault fault;
        private int left;

        ScriptedFault(Fault fault, int left) {
            this.fault = fault;
            this.left = left;
        }
    }

    private final Map<SimulatedEndpoint, Deque<ScriptedFault>> next = new EnumMap<>(SimulatedEndpoint.class);
    private final Map<SimulatedEndpoint, Deque<Fault>> lasting = new EnumMap<>(SimulatedEndpoint.class);
    private final Map<SimulatedEndpoint, Duration> latencies = new EnumMap<>(SimulatedEndpoint.class);

    FaultScript() {
        for (SimulatedEndpoint endpoint : SimulatedEndpoint.values()) {
            next.put(endpoint, new ArrayDeque<>());
            lasting.put(endpoint, new ArrayDeque<>());
            latencies.put(endpoint, Duration.ZERO);
        }
    }

    /**
     * Fails the next call.
     *
     * @param endpoint where
     * @param fault what
     */
    public void once(SimulatedEndpoint endpoint, Fault fault) {
        times(1, endpoint, fault);
    }

    /**
     * Fails the next calls, after those that were scripted before.
     *
     * @param calls how many, at least 1
     * @param endpoint where
     * @param fault what
     */
    public synchronized void times(int calls, SimulatedEndpoint endpoint, Fault fault) {
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be at least 1");
        }
        queue(next, endpoint).addLast(new ScriptedFault(fault, calls));
    }

    /**
     * Fails every call until cleared, when no fault is left that is scripted for the next calls. The newest fault that fits the call is used.
     *
     * @param endpoint where
     * @param fault what
     */
    public synchronized void always(SimulatedEndpoint endpoint, Fault fault) {
        queue(lasting, endpoint).addFirst(fault);
    }

    /**
     * Delays every answer from now on, in addition to what faults do. The work is done first, then the answer waits.
     *
     * @param endpoint where
     * @param latency how long; zero for none
     */
    public synchronized void latency(SimulatedEndpoint endpoint, Duration latency) {
        latencies.put(endpoint, latency);
    }

    /**
     * Forgets the faults of one endpoint; its latency stays. Requests that wait at a gate continue to wait.
     *
     * @param endpoint where
     */
    public synchronized void clear(SimulatedEndpoint endpoint) {
        queue(next, endpoint).clear();
        queue(lasting, endpoint).clear();
    }

    /** Forgets all faults and latencies. Requests that wait at a gate continue to wait. */
    public synchronized void clear() {
        for (SimulatedEndpoint endpoint : SimulatedEndpoint.values()) {
            clear(endpoint);
            latencies.put(endpoint, Duration.ZERO);
        }
    }

    /**
     * Returns how many calls are still scripted to fail, without faults that last until cleared.
     *
     * @param endpoint where
     * @return the number of calls
     */
    public synchronized int pending(SimulatedEndpoint endpoint) {
        return queue(next, endpoint).stream().mapToInt(entry -> entry.left).sum();
    }

    synchronized @Nullable Fault take(SimulatedEndpoint endpoint, @Nullable String sellerId) {
        for (Iterator<ScriptedFault> entries = queue(next, endpoint).iterator(); entries.hasNext(); ) {
            ScriptedFault entry = entries.next();
            if (entry.fault.plan().isFor(sellerId)) {
                if (--entry.left == 0) {
                    entries.remove();
                }
                return entry.fault;
            }
        }
        return queue(lasting, endpoint).stream()
                .filter(fault -> fault.plan().isFor(sellerId))
                .findFirst()
                .orElse(null);
    }

    synchronized Duration latency(SimulatedEndpoint endpoint) {
        return latencies.getOrDefault(endpoint, Duration.ZERO);
    }

    private static <T> Deque<T> queue(Map<SimulatedEndpoint, Deque<T>> queues, SimulatedEndpoint endpoint) {
        return queues.computeIfAbsent(endpoint, any -> new ArrayDeque<>());
    }
}
