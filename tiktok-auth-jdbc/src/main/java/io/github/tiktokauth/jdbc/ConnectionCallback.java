package io.github.tiktokauth.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Uses a connection until a deadline. */
@FunctionalInterface
interface ConnectionCallback<T> {

    T on(Connection connection, Deadline deadline) throws SQLException;
}
