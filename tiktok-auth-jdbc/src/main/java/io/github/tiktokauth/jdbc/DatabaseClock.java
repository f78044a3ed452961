package io.github.tiktokauth.jdbc;

import java.time.Instant;

/** Reads the database's clock. */
final class DatabaseClock {

    private DatabaseClock() {}

    static Instant now(Database database) {
        return database.read(
                "read the database's clock",
                (connection, deadline) -> database.statement(connection, deadline, "SELECT {clock}")
                        .first(row -> database.dialect().clock(row, 1))
                        .orElseThrow());
    }
}
