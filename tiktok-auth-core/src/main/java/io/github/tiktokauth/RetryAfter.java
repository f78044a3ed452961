package io.github.tiktokauth;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, section 10.2.3). */
final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * Returns the time to wait: the seconds given, or the time from the answer's own {@code Date} to the date given.
     *
     * @param header finds a header by its name
     * @return zero to one day, or {@code null} when the header is missing or cannot be read
     */
    static @Nullable Duration read(Function<String, Optional<String>> header) {
        String text = header.apply("Retry-After").orElse("").strip();
        Duration wait;
        if (text.matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(text));
        } else {
            Instant until = instant(text);
            Instant now = instant(header.apply("Date").orElse("").strip());
            if (until == null || now == null) {
                return null;
            }
            wait = Duration.between(now, until);
        }
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    private static @Nullable Instant instant(String httpDate) {
        try {
            return ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
