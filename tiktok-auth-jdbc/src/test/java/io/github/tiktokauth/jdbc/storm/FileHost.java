package io.github.tiktokauth.jdbc.storm;

import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.stream.Collectors;

/** A host with an H2 file of its own, in a JVM that can be killed. What it has answered is committed. */
public final class FileHost {

    private static final Instant END = Instant.parse("2125-09-05T23:59:59Z");

    private FileHost() {}

    public static void main(String[] args) throws IOException, SQLException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        TokenStore store = JdbcStores.open(args[0], "sa", "").createOrUpgrade().tokenStore();
        out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(store, args[0], line.split("\t", -1)));
        }
        Runtime.getRuntime().halt(0);
    }

    private static String answer(TokenStore store, String url, String[] words) throws SQLException {
        return switch (words[0]) {
            case "connect" -> connect(store, words[1], words[2]);
            case "save" -> {
                StoredAuthorization row = store.find(words[1]).orElseThrow();
                yield "" + store.saveTokens(row.id(), row.generation(), "app", tokens(words[2]), false);
            }
            case "reencrypt" -> {
                StoredAuthorization row = store.find(words[1]).orElseThrow();
                yield "" + store.reencrypt(row.id(), row.generation(), access(words[2]), refresh(words[2]));
            }
            case "rows" -> rows(store);
            case "version" -> version(url);
            case "now" -> "" + System.currentTimeMillis();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static String connect(TokenStore store, String user, String mark) {
        StoredShop shop = StoredShop.builder("shop-" + user)
                .name("Shop")
                .region("GB")
                .cipher("ROW_cipher")
                .build();
        return store.connect(new NewAuthorization(user, "app", shop, tokens(mark), 1))
                .toString();
    }

    private static StoredTokens tokens(String mark) {
        return new StoredTokens(access(mark), refresh(mark), END, END, "open-1", null);
    }

    /** As long as a real one is when it is encrypted. */
    private static String access(String mark) {
        return "access-" + "x".repeat(300) + "-" + mark;
    }

    private static String refresh(String mark) {
        return "refresh-" + "x".repeat(300) + "-" + mark;
    }

    /** Each user with the mark of its tokens. */
    private static String rows(TokenStore store) {
        return store.page("", 1000).stream()
                .map(row -> row.userId() + "=" + mark(row.tokens()))
                .sorted()
                .collect(Collectors.joining("\t"));
    }

    private static String mark(StoredTokens tokens) {
        String mark = tokens.accessToken().substring(tokens.accessToken().lastIndexOf('-') + 1);
        return tokens.refreshToken().equals(refresh(mark)) ? mark : "torn";
    }

    private static String version(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT H2VERSION()")) {
            row.next();
            return row.getString(1);
        }
    }
}
