package io.github.tiktokauth.jdbc.storm;

import io.github.tiktokauth.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Stores that do something at the moment of a call. */
final class Hooks {

    private Hooks() {}

    static TokenStore before(TokenStore store, String verb, Runnable action) {
        return (TokenStore) Proxy.newProxyInstance(
                Hooks.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(verb)) {
                        action.run();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
