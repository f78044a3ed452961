package io.github.tiktokauth.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Hands connections of another on, and notes what is done with them. */
final class SpyDataSource implements DataSource {

    /** What is done to a connection before it is handed out. */
    @FunctionalInterface
    interface Setting {
        void on(Connection connection) throws SQLException;
    }

    private final DataSource target;
    private final Setting setting;
    private final List<String> statements = new ArrayList<>();
    private final List<String> stateAtClose = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Deque<SQLException> failures = new ArrayDeque<>();
    private int mostOpen;
    private String awaited = "";
    private Runnable meanwhile = () -> {};

    SpyDataSource(DataSource target) {
        this(target, connection -> {});
    }

    SpyDataSource(DataSource target, Setting setting) {
        this.target = target;
        this.setting = setting;
    }

    synchronized List<String> statements() {
        return List.copyOf(statements);
    }

    /** Lets the next call of the method whose name begins the message fail. */
    synchronized void fail(SQLException failure) {
        failures.add(failure);
    }

    /** Does something, once, before the first statement that begins so is prepared. */
    synchronized void before(String beginning, Runnable action) {
        awaited = beginning;
        meanwhile = action;
    }

    private synchronized void actIfAwaited(String sql) {
        if (!awaited.isEmpty() && sql.startsWith(awaited)) {
            awaited = "";
            meanwhile.run();
        }
    }

    private synchronized void failIfMeant(String method) throws SQLException {
        SQLException next = failures.peek();
        if (next != null && String.valueOf(next.getMessage()).startsWith(method)) {
            throw failures.remove();
        }
    }

    synchronized void forget() {
        statements.clear();
        stateAtClose.clear();
    }

    /** Autocommit and isolation of each connection when it was given back. */
    synchronized List<String> stateAtClose() {
        return List.copyOf(stateAtClose);
    }

    synchronized int mostOpen() {
        return mostOpen;
    }

    int open() {
        return open.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = target.getConnection();
        setting.on(connection);
        note(open.incrementAndGet());
        return (Connection) Proxy.newProxyInstance(
                SpyDataSource.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    failIfMeant(method.getName());
                    if (method.getName().equals("prepareStatement")) {
                        actIfAwaited((String) arguments[0]);
                        note((String) arguments[0]);
                    }
                    if (method.getName().equals("close")) {
                        noteState(connection.getAutoCommit() + " " + connection.getTransactionIsolation());
                        open.decrementAndGet();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized void note(int count) {
        mostOpen = Math.max(mostOpen, count);
    }

    private synchronized void note(String sql) {
        statements.add(sql);
    }

    private synchronized void noteState(String state) {
        stateAtClose.add(state);
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        target.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return target.isWrapperFor(type);
    }
}
