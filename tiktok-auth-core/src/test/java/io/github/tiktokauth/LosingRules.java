package io.github.tiktokauth;

import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Stores that follow a rule which looks natural and loses tokens; the explorer must find that out. */
final class LosingRules {

    private LosingRules() {}

    /** How a changed store answers one method; {@code null} leaves it to the real one. */
    private interface Change {
        Object apply(Method method, Object[] arguments) throws Throwable;
    }

    private static final Object UNCHANGED = new Object();

    private static TokenStore changed(TokenStore real, Change change) {
        return (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    Object result = change.apply(method, arguments);
                    return result == UNCHANGED ? invoke(real, method, arguments) : result;
                });
    }

    private static Object invoke(TokenStore real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    static TokenStore saveOnlyWhileNotMarked(TokenStore real) {
        return changed(
                real,
                (method, arguments) -> method.getName().equals("saveTokens")
                                && real.find(ClusterWorld.USER)
                                        .filter(row -> row.refresh().reauthorizationReason() != null)
                                        .isPresent()
                        ? Boolean.FALSE
                        : UNCHANGED);
    }

    static TokenStore saveOnlyWithTheLease(TokenStore real) {
        return changed(
                real,
                (method, arguments) -> method.getName().equals("saveTokens")
                                && real.find(ClusterWorld.USER)
                                        .filter(LosingRules::hasRunningLease)
                                        .isEmpty()
                        ? Boolean.FALSE
                        : UNCHANGED);
    }

    private static boolean hasRunningLease(StoredAuthorization row) {
        Instant until = row.refresh().leaseUntil();
        return until != null && until.isAfter(row.storeTime());
    }

    static TokenStore markingRaisesTheGeneration(TokenStore real) {
        AtomicLong raised = new AtomicLong();
        return changed(real, (method, arguments) -> switch (method.getName()) {
            case "find" ->
                real.find((String) arguments[0]).map(row -> with(row, row.id(), row.generation() + raised.get()));
            case "acquireLease", "saveTokens", "recordFailure", "requireReauthorization" -> {
                Object[] moved = arguments.clone();
                moved[1] = (Long) arguments[1] - raised.get();
                Object done = invoke(real, method, moved);
                if (method.getName().equals("requireReauthorization") && done.equals(true)) {
                    raised.incrementAndGet();
                }
                yield done;
            }
            default -> UNCHANGED;
        });
    }

    static TokenStore saveAlwaysAndMarkingDeletes(TokenStore real) {
        StoredAuthorization[] last = new StoredAuthorization[1];
        return changed(real, (method, arguments) -> switch (method.getName()) {
            case "find" -> {
                Optional<StoredAuthorization> row = real.find((String) arguments[0]);
                row.ifPresent(found -> last[0] = found);
                yield row;
            }
            case "saveTokens" -> {
                StoredTokens tokens = (StoredTokens) arguments[3];
                real.connect(new NewAuthorization(ClusterWorld.USER, (String) arguments[2], last[0].shop(), tokens, 1));
                yield true;
            }
            case "requireReauthorization" -> real.disconnect(ClusterWorld.USER);
            default -> UNCHANGED;
        });
    }

    static TokenStore generationRestartsOnReconnect(TokenStore real) {
        return changed(real, (method, arguments) -> switch (method.getName()) {
            case "find" -> real.find((String) arguments[0]).map(row -> with(row, "same", row.generation()));
            case "acquireLease", "saveTokens", "recordFailure", "requireReauthorization" -> {
                Object[] moved = arguments.clone();
                moved[0] = real.find(ClusterWorld.USER)
                        .map(StoredAuthorization::id)
                        .orElse("none");
                yield invoke(real, method, moved);
            }
            default -> UNCHANGED;
        });
    }

    private static StoredAuthorization with(StoredAuthorization row, String id, long generation) {
        return row.toBuilder().id(id).generation(generation).build();
    }
}
