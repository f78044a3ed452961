package io.github.tiktokauth.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A script that makes the tables or changes them; written for the default table name, so that hosts can run it unchanged. */
record SchemaScript(String text) {

    private static final Pattern TABLE =
            Pattern.compile("CREATE TABLE IF NOT EXISTS ([a-z_0-9]+) \\((.*?)\\n\\)", Pattern.DOTALL);
    /** Indented by two blanks; keys and constraints begin with a capital letter, and what a column goes on with stands further in. */
    private static final Pattern COLUMN = Pattern.compile("\\n  ([a-z_0-9]+) ");

    static SchemaScript ofLibrary(Dialect dialect, int version) {
        String name = dialect.folder() + "/V" + version + ".sql";
        try (InputStream in = SchemaScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library's jar lacks " + name);
            }
            return new SchemaScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> statements(Tables tables) {
        String bare = tables.inScript(text)
                .lines()
                .filter(line -> !line.startsWith("--"))
                .reduce("", (all, line) -> all + line + "\n");
        return Arrays.stream(bare.split(";\n"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** The columns of each table that it creates. */
    Map<String, List<String>> columns(Tables tables) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        TABLE.matcher(tables.inScript(text))
                .results()
                .forEach(table -> columns.put(table.group(1), names(table.group(2))));
        return columns;
    }

    private static List<String> names(String body) {
        return COLUMN.matcher(body)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
