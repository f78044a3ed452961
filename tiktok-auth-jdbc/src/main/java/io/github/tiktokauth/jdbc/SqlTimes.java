package io.github.tiktokauth.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as UTC without zone and in whole milliseconds, and durations in milliseconds. */
final class SqlTimes {

    private static final Duration LONGEST = Duration.ofDays(200L * 365);

    private SqlTimes() {}

    /** Durations beyond reason are cut, so that no arithmetic of a database overflows. */
    static long millis(Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            return LONGEST.toMillis();
        }
        return duration.compareTo(LONGEST.negated()) < 0 ? -LONGEST.toMillis() : duration.toMillis();
    }

    /** Never as Timestamp or Instant, which drivers shift by the JVM's zone. */
    static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        Instant instant = optionalInstant(row, column);
        if (instant == null) {
            throw new SQLException("NULL in column " + column, "22004");
        }
        return instant;
    }

    static @Nullable Instant optionalInstant(ResultSet row, int column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }
}
