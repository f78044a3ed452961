package io.github.tiktokauth.jdbc.storm;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts what is executed, and which connections are out. */
final class CountingDataSource {

    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final DataSource counting;

    CountingDataSource(DataSource target) {
        counting = wrapped(DataSource.class, target);
    }

    DataSource dataSource() {
        return counting;
    }

    /** Since the last call of this. */
    int statements() {
        return statements.getAndSet(0);
    }

    int openConnections() {
        return open.get();
    }

    private <T> T wrapped(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                CountingDataSource.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    if (name.startsWith("execute")) {
                        statements.incrementAndGet();
                    } else if (name.equals("close") && type == Connection.class) {
                        open.decrementAndGet();
                    }
                    Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (result instanceof Connection && name.equals("getConnection") && type == DataSource.class) {
                        open.incrementAndGet();
                        return wrapped(Connection.class, result);
                    }
                    return type == Connection.class && result instanceof Statement
                            ? wrapped(method.getReturnType(), result)
                            : result;
                }));
    }
}
