package io.github.tiktokauth.benchmarks.calls;

import io.github.tiktokauth.benchmarks.calls.Jmh.Measured;
import io.github.tiktokauth.benchmarks.calls.Jmh.Parameter;
import io.github.tiktokauth.benchmarks.report.Charts;
import io.github.tiktokauth.benchmarks.report.Charts.Bar;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Table;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Measures single calls, and writes a page about them. */
public final class Calls {

    private final Page page = new Page("What one call costs", "calls");
    private final Goals goals = new Goals();

    private Calls() {}

    /**
     * Measures single calls, and writes the page.
     *
     * @param pages where
     * @throws IOException when the page cannot be written
     * @throws RunnerException when a benchmark fails
     */
    public static void run(Path pages) throws IOException, RunnerException {
        Calls calls = new Calls();
        calls.page.text("Times are medians of " + Jmh.THOROUGH.forks() + " JVMs with " + Jmh.THOROUGH.measurements()
                + " measurements each, after " + Jmh.THOROUGH.warmups() + " to warm up.");
        calls.fresh();
        calls.stored();
        calls.page.heading("Goals").table(calls.goals.table()).write(pages, "calls");
    }

    private void fresh() throws RunnerException {
        page.heading("A fresh token, cache on")
                .text(
                        "Tokens of 396 characters, users in turn. The floors look into memory and at the clock, and do nothing"
                                + " else. MSAL4J goes through its whole cache at each call, so it was asked with one user only.");
        List<List<String>> rows = new ArrayList<>();
        for (int users : new int[] {1, 10_000}) {
            for (int threads : new int[] {1, 4}) {
                Map<FreshToken.Contestant, Measured> measured = new EnumMap<>(FreshToken.Contestant.class);
                for (FreshToken.Contestant contestant : FreshToken.Contestant.values()) {
                    if (contestant != FreshToken.Contestant.MSAL4J || users == 1) {
                        measured.put(contestant, fresh(Jmh.THOROUGH, contestant, users, threads));
                    }
                }
                rows.addAll(rows(users, threads, measured));
                goals(users, threads, measured);
                if (users == 10_000 && threads == 1) {
                    List<Bar> bars = new ArrayList<>();
                    measured.forEach((contestant, result) -> bars.add(
                            new Bar(contestant.label(), result.time(), contestant == FreshToken.Contestant.OURS)));
                    page.picture(
                            "fresh-token",
                            "Time of one call for a fresh token, by contestant",
                            Charts.bars(
                                    "A fresh token of one of 10,000 users: time of a call, less is better",
                                    value -> nanos(value) + " ns",
                                    bars));
                }
            }
        }
        page.table(new Table(
                List.of("contestant", "users", "threads", "ns a call", "× Caffeine floor", "bytes a call"), rows));
    }

    static Measured fresh(Jmh jmh, FreshToken.Contestant contestant, int users, int threads) throws RunnerException {
        return jmh.run(
                FreshToken.class,
                threads,
                List.of(),
                List.of(Parameter.of("contestant", contestant), Parameter.of("users", users)));
    }

    private static List<List<String>> rows(int users, int threads, Map<FreshToken.Contestant, Measured> measured) {
        List<List<String>> rows = new ArrayList<>();
        double floor = time(measured, FreshToken.Contestant.FLOOR_CAFFEINE);
        measured.forEach((contestant, result) -> rows.add(List.of(
                contestant.label(),
                String.format(Locale.ROOT, "%,d", users),
                Integer.toString(threads),
                nanos(result.time()),
                ratio(result.time() / floor),
                String.format(Locale.ROOT, "%.0f", result.bytes()))));
        return rows;
    }

    private void goals(int users, int threads, Map<FreshToken.Contestant, Measured> measured) {
        double ours = time(measured, FreshToken.Contestant.OURS);
        double toFloor = ours / time(measured, FreshToken.Contestant.FLOOR_CAFFEINE);
        double toSpring = time(measured, FreshToken.Contestant.SPRING_IN_MEMORY) / ours;
        double bytes = bytes(measured);
        String subject = String.format(Locale.ROOT, "fresh token, users: %,d, threads: %d", users, threads);
        goals.check(Goal.FRESH_TOKEN_TO_FLOOR, subject, toFloor);
        goals.check(Goal.FRESH_TOKEN_TO_SPRING, subject, toSpring);
        goals.check(Goal.FRESH_TOKEN_BYTES, subject, bytes);
    }

    private void stored() throws IOException, RunnerException {
        page.heading("A fresh token, cache off")
                .text(
                        "1,000 users, HikariCP. The floors select two columns by primary key and return the ciphertext as it stands;"
                                + " the library selects its whole row by user, judges it by the database's clock, and decrypts.");
        List<List<String>> rows = new ArrayList<>();
        List<Bar> bars = new ArrayList<>();
        try (Postgres postgres = Postgres.start()) {
            String url = "-D" + StoredToken.POSTGRES + "=" + postgres.url();
            for (StoredToken.Database database : StoredToken.Database.values()) {
                Map<StoredToken.Contestant, Measured> measured = new EnumMap<>(StoredToken.Contestant.class);
                for (StoredToken.Contestant contestant : StoredToken.Contestant.values()) {
                    measured.put(contestant, stored(Jmh.THOROUGH, contestant, database, List.of(url)));
                }
                boolean h2 = database == StoredToken.Database.H2;
                StoredToken.Contestant floor = h2 ? StoredToken.Contestant.JDBI : StoredToken.Contestant.RAW_JDBC;
                double floorTime = measured.getOrDefault(floor, NOTHING).time();
                measured.forEach((contestant, result) -> {
                    rows.add(List.of(
                            contestant.label(),
                            h2 ? "H2, in memory" : "PostgreSQL",
                            micros(result.time()),
                            ratio(result.time() / floorTime),
                            String.format(Locale.ROOT, "%,.0f", result.bytes())));
                    if (!h2) {
                        bars.add(new Bar(contestant.label(), result.time(), contestant == StoredToken.Contestant.OURS));
                    }
                });
                double toFloor = measured.getOrDefault(StoredToken.Contestant.OURS, NOTHING)
                                .time()
                        / floorTime;
                goals.check(
                        h2 ? Goal.STORED_TOKEN_H2 : Goal.STORED_TOKEN_POSTGRESQL,
                        "cache off, " + (h2 ? "H2" : "PostgreSQL"),
                        toFloor);
            }
        }
        page.picture(
                        "stored-token",
                        "Time of one call with the cache off on PostgreSQL, by contestant",
                        Charts.bars("Cache off, PostgreSQL: time of a call, less is better", Calls::micros, bars))
                .table(new Table(
                        List.of(
                                "contestant",
                                "database",
                                "a call",
                                "× its floor (Jdbi on H2, JDBC on PostgreSQL)",
                                "bytes a call"),
                        rows));
    }

    static Measured stored(
            Jmh jmh, StoredToken.Contestant contestant, StoredToken.Database database, List<String> jvmArguments)
            throws RunnerException {
        return jmh.run(
                StoredToken.class,
                1,
                jvmArguments,
                List.of(Parameter.of("contestant", contestant), Parameter.of("database", database)));
    }

    private static final Measured NOTHING = new Measured(Double.NaN, Double.NaN);

    private static double time(Map<FreshToken.Contestant, Measured> measured, FreshToken.Contestant contestant) {
        return measured.getOrDefault(contestant, NOTHING).time();
    }

    private static double bytes(Map<FreshToken.Contestant, Measured> measured) {
        return measured.getOrDefault(FreshToken.Contestant.OURS, NOTHING).bytes();
    }

    private static String nanos(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String micros(double value) {
        return String.format(Locale.ROOT, "%.1f µs", value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
