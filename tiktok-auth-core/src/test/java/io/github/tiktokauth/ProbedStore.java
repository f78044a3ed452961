package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A token store whose calls are counted, and may be answered, refused or delayed by the test; by the method's name. */
final class ProbedStore {

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Object>> answers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private final Map<String, Runnable> after = new ConcurrentHashMap<>();
    final TokenStore store;

    ProbedStore(TokenStore real) {
        store = (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    counts.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
                    before.getOrDefault(name, () -> {}).run();
                    Supplier<Object> answer = answers.get(name);
                    if (answer != null) {
                        return answer.get();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        after.getOrDefault(name, () -> {}).run();
                    }
                });
    }

    static StoreException down() {
        return new StoreException(StoreException.Kind.UNAVAILABLE, "the storage does not answer", "08006");
    }

    void fail(String... methods) {
        for (String method : methods) {
            fail(method, down());
        }
    }

    void fail(String method, RuntimeException failure) {
        answers.put(method, () -> {
            throw failure;
        });
    }

    void failAll() {
        fail("find", "connect", "acquireLease", "saveTokens", "recordFailure", "requireReauthorization", "disconnect");
    }

    void answer(String method, Object value) {
        answers.put(method, () -> value);
    }

    void before(String method, Runnable action) {
        before.put(method, action);
    }

    void after(String method, Runnable action) {
        after.put(method, action);
    }

    void heal() {
        answers.clear();
        before.clear();
        after.clear();
    }

    int count(String method) {
        AtomicInteger count = counts.get(method);
        return count == null ? 0 : count.get();
    }

    int count() {
        return counts.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("name"))
                .mapToInt(entry -> entry.getValue().get())
                .sum();
    }
}
