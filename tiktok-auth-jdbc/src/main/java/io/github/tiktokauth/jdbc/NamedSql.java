package io.github.tiktokauth.jdbc;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement for JDBC, and the name at each of its parameters. */
record NamedSql(String text, List<String> names) {

    private static final Pattern NAME = Pattern.compile(":([a-z][a-z_0-9]*)");

    /** Unchanged, for statements that may contain a colon. */
    static NamedSql literal(String text) {
        return new NamedSql(text, List.of());
    }

    static NamedSql of(String named) {
        Matcher matcher = NAME.matcher(named);
        List<String> names = matcher.results().map(found -> found.group(1)).toList();
        return new NamedSql(matcher.reset().replaceAll("?"), names);
    }
}
