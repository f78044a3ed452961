package io.github.tiktokauth.benchmarks.costs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** Records each prepared statement with what was bound to it, so that the same can be explained. For one thread. */
final class RecordingDataSource {

    /** A statement as it was sent; the bindings are the driver's own methods with their arguments. */
    record Sent(String sql, List<Binding> bindings) {

        void bindTo(PreparedStatement statement) throws ReflectiveOperationException {
            for (Binding binding : bindings) {
                binding.method().invoke(statement, binding.arguments().toArray());
            }
        }
    }

    /** For example {@code setString(1, "x")}. */
    record Binding(Method method, List<Object> arguments) {}

    private final List<Sent> sent = new ArrayList<>();

    DataSource around(DataSource dataSource) {
        return wrap(
                DataSource.class,
                dataSource,
                (method, arguments, result) -> result instanceof Connection connection
                        ? wrap(Connection.class, connection, this::prepared)
                        : result);
    }

    /** What was sent since the last time. */
    List<Sent> take() {
        List<Sent> result = List.copyOf(sent);
        sent.clear();
        return result;
    }

    private Object prepared(Method method, Object[] arguments, Object result) {
        if (!(result instanceof PreparedStatement statement)) {
            return result;
        }
        List<Binding> bindings = new ArrayList<>();
        sent.add(new Sent((String) arguments[0], bindings));
        return wrap(PreparedStatement.class, statement, (binding, values, nothing) -> {
            if (binding.getName().startsWith("set") && values.length > 1 && values[0] instanceof Integer) {
                bindings.add(new Binding(binding, Arrays.asList(values)));
            }
            return nothing;
        });
    }

    @FunctionalInterface
    private interface Afterwards {
        Object look(Method method, Object[] arguments, Object result) throws SQLException;
    }

    private static <T> T wrap(Class<T> type, T target, Afterwards afterwards) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(target, arguments);
                return afterwards.look(method, arguments == null ? new Object[0] : arguments, result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
