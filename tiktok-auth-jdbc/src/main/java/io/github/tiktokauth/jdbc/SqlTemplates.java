package io.github.tiktokauth.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Makes statements of templates, each once: every call without a cache comes by here. */
final class SqlTemplates {

    private final Dialect dialect;
    private final Tables tables;
    private final LongSupplier clockOffset;
    private final Map<String, String> filled = new ConcurrentHashMap<>();
    private final Map<String, NamedSql> placed = new ConcurrentHashMap<>();

    SqlTemplates(Dialect dialect, Tables tables, LongSupplier clockOffset) {
        this.dialect = dialect;
        this.tables = tables;
        this.clockOffset = clockOffset;
    }

    /** As {@link #sql}, with places for its names. */
    NamedSql named(String template) {
        String sql = sql(template);
        NamedSql known = placed.get(sql);
        return known == null ? placed.computeIfAbsent(sql, NamedSql::of) : known;
    }

    /**
     * Fills in the table names; {@code {now}}, {@code {scan}} and {@code {clock}} as {@link Dialect} has them; and {@code
     * {now+millis}} or {@code {scan+millis}} for one of them and a parameter of milliseconds, {@code {scan+ahead}} with another
     * parameter; {@code {after_check}} for the next instant after {@code check_requested_at}.
     */
    String sql(String template) {
        long offset = clockOffset.getAsLong();
        if (offset != 0) {
            return filled(template, offset);
        }
        String known = filled.get(template);
        return known == null ? filled.computeIfAbsent(template, unknown -> filled(unknown, 0)) : known;
    }

    private String filled(String template, long offset) {
        return template.replace("{auth}", tables.authorization())
                .replace("{state}", tables.state())
                .replace("{pending}", tables.pending())
                .replace("{schema}", tables.schema())
                .replace("{now}", shifted(dialect.now(), offset))
                .replace("{scan}", shifted(dialect.scan(), offset))
                .replace("{scan+millis}", dialect.plusMillis(shifted(dialect.scan(), offset), ":millis"))
                .replace("{scan+ahead}", dialect.plusMillis(shifted(dialect.scan(), offset), ":ahead"))
                .replace("{after_check}", dialect.plusMillis("check_requested_at", "1"))
                .replace("{clock}", shifted(dialect.clock(), offset))
                .replace("{now_micros}", shifted(dialect.nowMicros(), offset))
                .replace("{now+millis}", dialect.plusMillis(shifted(dialect.now(), offset), ":millis"));
    }

    private String shifted(String now, long offset) {
        return offset == 0 ? now : dialect.plusMillis(now, Long.toString(offset));
    }
}
