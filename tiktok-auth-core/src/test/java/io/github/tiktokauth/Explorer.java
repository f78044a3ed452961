package io.github.tiktokauth;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs actors, each on a thread of its own but one at a time, through every order of their steps. A step is what lies between
 * two {@link Actor#step} calls. Orders that differ only in neighbouring steps which cannot influence each other are run once
 * (sleep sets, after Godefroid).
 */
final class Explorer implements AutoCloseable {

    /** What a step touches. */
    enum Touch {
        STORE_READ,
        STORE_WRITE,
        TIKTOK,
        CLOCK,
        /** The memory of a process too, when several actors share it. */
        ANYTHING;

        private boolean commutesWith(Touch other) {
            if (this == ANYTHING || other == ANYTHING) {
                return false;
            }
            if (this == CLOCK || other == CLOCK) {
                return this == TIKTOK || other == TIKTOK;
            }
            return this == TIKTOK || other == TIKTOK ? this != other : this == STORE_READ && other == STORE_READ;
        }
    }

    /** One world, made anew for each order. */
    interface World {
        List<Runnable> actors(List<Actor> handles);

        /** Called when every actor still running waits for something to change. */
        void timePasses();

        /** Called after the last step. */
        void check();
    }

    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("actor"));

    /** How many orders were run. */
    long explore(java.util.function.Supplier<World> worlds, int actorCount) {
        return explore(worlds, actorCount, Long.MAX_VALUE);
    }

    /** As above, but no more orders than the limit: the first ones, depth first. */
    long explore(java.util.function.Supplier<World> worlds, int actorCount, long limit) {
        List<Frame> path = new ArrayList<>();
        long runs = 0;
        do {
            World world = worlds.get();
            try {
                if (run(world, actorCount, path)) {
                    world.check();
                }
            } catch (AssertionError e) {
                throw new AssertionError("in order " + order(path) + ": " + e.getMessage(), e);
            }
            runs++;
        } while (runs < limit && backtrack(path));
        return runs;
    }

    private static List<String> order(List<Frame> path) {
        return path.stream()
                .map(frame -> frame.chosen + ":" + frame.enabled.get(frame.chosen))
                .toList();
    }

    private boolean run(World world, int actorCount, List<Frame> path) {
        List<Actor> handles = new ArrayList<>();
        for (int i = 0; i < actorCount; i++) {
            handles.add(new Actor());
        }
        List<Runnable> bodies = world.actors(handles);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < actorCount; i++) {
            Actor actor = handles.get(i);
            Runnable body = bodies.get(i);
            ends.add(threads.submit(() -> actor.run(body)));
            actor.awaitStep();
        }
        boolean whole = drive(world, handles, path);
        handles.forEach(Actor::abandon);
        ends.forEach(Explorer::join);
        handles.forEach(Actor::rethrow);
        return whole;
    }

    private static boolean drive(World world, List<Actor> handles, List<Frame> path) {
        for (int depth = 0; ; depth++) {
            TreeMap<Integer, Touch> enabled = enabled(handles);
            if (enabled.isEmpty() && handles.stream().anyMatch(actor -> !actor.ended)) {
                world.timePasses();
                handles.forEach(actor -> actor.timePassed = true);
                enabled = enabled(handles);
            }
            if (enabled.isEmpty()) {
                return true;
            }
            if (depth == path.size()) {
                Frame frame = new Frame(
                        enabled, depth == 0 ? Set.of() : path.get(depth - 1).inherited());
                if (!frame.choose()) {
                    return false;
                }
                path.add(frame);
            }
            handles.get(path.get(depth).chosen).go();
        }
    }

    private static TreeMap<Integer, Touch> enabled(List<Actor> handles) {
        TreeMap<Integer, Touch> enabled = new TreeMap<>();
        for (int i = 0; i < handles.size(); i++) {
            Actor actor = handles.get(i);
            if (!actor.ended && (actor.timePassed || actor.until.getAsBoolean())) {
                enabled.put(i, actor.next);
            }
        }
        return enabled;
    }

    private static boolean backtrack(List<Frame> path) {
        while (!path.isEmpty()) {
            Frame last = path.get(path.size() - 1);
            last.done.add(last.chosen);
            if (last.choose()) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }

    private static void join(Future<?> end) {
        try {
            end.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("an actor did not end", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static final class Frame {

        private final TreeMap<Integer, Touch> enabled;
        private final Set<Integer> asleep;
        private final Set<Integer> done = new HashSet<>();
        private int chosen;

        Frame(TreeMap<Integer, Touch> enabled, Set<Integer> asleep) {
            this.enabled = enabled;
            this.asleep = asleep;
        }

        boolean choose() {
            for (int actor : enabled.keySet()) {
                if (!asleep.contains(actor) && !done.contains(actor)) {
                    chosen = actor;
                    return true;
                }
            }
            return false;
        }

        Set<Integer> inherited() {
            Set<Integer> inherited = new HashSet<>(asleep);
            inherited.addAll(done);
            Touch touched = enabled.get(chosen);
            inherited.removeIf(
                    actor -> !enabled.containsKey(actor) || !enabled.get(actor).commutesWith(touched));
            return inherited;
        }
    }

    /** One actor as its own code sees it. */
    static final class Actor {

        private static final BooleanSupplier AT_ONCE = () -> true;

        private final Semaphore mayGo = new Semaphore(0);
        private final Semaphore hasStopped = new Semaphore(0);
        private volatile boolean ended;
        private volatile boolean abandoned;
        private volatile boolean timePassed;
        private volatile Touch next = Touch.CLOCK;
        private volatile BooleanSupplier until = AT_ONCE;
        private volatile Throwable thrown;
        private int steps;
        private int crashAt = Integer.MAX_VALUE;

        /** Ends this actor for good just before its step of this number, counted from 1. */
        void crashAt(int step) {
            crashAt = step;
        }

        void step(Touch touch) {
            await(touch, AT_ONCE);
        }

        /** Waits until a condition holds, or time has passed. */
        void await(Touch touch, BooleanSupplier condition) {
            next = touch;
            until = condition;
            timePassed = false;
            hasStopped.release();
            mayGo.acquireUninterruptibly();
            steps++;
            if (abandoned || steps >= crashAt) {
                throw new Crash();
            }
        }

        private void run(Runnable body) {
            try {
                body.run();
            } catch (Crash e) {
                // This node is gone.
            } catch (Throwable e) {
                thrown = e;
            } finally {
                ended = true;
                hasStopped.release();
            }
        }

        private void awaitStep() {
            hasStopped.acquireUninterruptibly();
        }

        private void go() {
            mayGo.release();
            hasStopped.acquireUninterruptibly();
        }

        private void abandon() {
            abandoned = true;
            while (!ended) {
                go();
            }
        }

        private void rethrow() {
            if (thrown != null) {
                throw new AssertionError("an actor failed: " + thrown, thrown);
            }
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crash", null, false, false);
        }
    }
}
