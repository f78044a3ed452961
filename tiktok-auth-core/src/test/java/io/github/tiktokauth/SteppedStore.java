package io.github.tiktokauth;

import io.github.tiktokauth.Explorer.Touch;
import io.github.tiktokauth.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** Makes each call of a store one step of an actor. */
final class SteppedStore {

    private SteppedStore() {}

    static TokenStore of(TokenStore store, Consumer<Touch> step, Runnable afterWrite) {
        return (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    boolean reads = method.getName().equals("find");
                    if (!method.getName().equals("name")) {
                        step.accept(reads ? Touch.STORE_READ : Touch.STORE_WRITE);
                    }
                    try {
                        Object result = method.invoke(store, arguments);
                        if (!reads) {
                            afterWrite.run();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
