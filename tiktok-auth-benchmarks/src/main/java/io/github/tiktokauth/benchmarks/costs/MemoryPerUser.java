package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.Charts;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Samples;
import io.github.tiktokauth.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Bytes per user whose token is in memory. */
final class MemoryPerUser implements Costs.Part {

    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.ref",
            "java.lang.reflect",
            "java.math",
            "java.net",
            "java.io",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "java.util.function",
            "java.security",
            "java.nio.charset",
            "sun.util.calendar",
            "jdk.internal.ref",
            "jdk.internal.loader");

    @Override
    public Costs.Chapter measure(Goals goals) throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "-Djol.magicFieldOffset=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Djdk.attach.allowAttachSelf=true"));
        OPENED.forEach(name -> options.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        Map<HeapSizes.Holder, Long> bytes = new LinkedHashMap<>();
        Map<String, String> withoutRefreshToken = new HashMap<>();
        List<List<String>> parts = new ArrayList<>();
        for (String line : ChildJvm.of(Build.allJars(), HeapSizes.class, options.toArray(String[]::new))
                .run()) {
            String[] cells = line.split("\t", -1);
            if (cells[0].equals(HeapSizes.PART)) {
                parts.add(List.of("`" + cells[1] + "`", cells[2], cells[3]));
            } else if (cells.length == 3) {
                withoutRefreshToken.put(cells[0], cells[2]);
                bytes.put(HeapSizes.Holder.valueOf(cells[0]), Long.parseLong(cells[1]));
            }
        }
        long ours = bytes.getOrDefault(HeapSizes.Holder.OURS, 0L);
        compare(goals, "the bare token", ours, bytes.getOrDefault(HeapSizes.Holder.CAFFEINE, 1L));
        compare(goals, "token, end and shop", ours, bytes.getOrDefault(HeapSizes.Holder.CAFFEINE_FACTS, 1L));
        return chapter(bytes, withoutRefreshToken, parts);
    }

    private static void compare(Goals goals, String what, long ours, long caffeine) {
        double ratio = (double) ours / caffeine;
        goals.check(
                Goal.MEMORY,
                "memory against Caffeine with " + what,
                ratio,
                String.format(Locale.ROOT, "(%d / %d B)", ours, caffeine));
    }

    private static Costs.Chapter chapter(
            Map<HeapSizes.Holder, Long> bytes, Map<String, String> withoutRefreshToken, List<List<String>> parts) {
        List<List<String>> rows = new ArrayList<>();
        List<Charts.Bar> bars = new ArrayList<>();
        bytes.forEach((holder, value) -> {
            rows.add(List.of(
                    holder.label(),
                    Long.toString(value),
                    withoutRefreshToken.getOrDefault(holder.name(), ""),
                    holder.note()));
            bars.add(new Charts.Bar(holder.label(), (double) value, holder == HeapSizes.Holder.OURS));
        });
        return page -> page.heading("Memory per user")
                .text("What " + HeapSizes.USERS + " users more take, by the layout of the objects that are reached"
                        + " (JOL), for access tokens of " + Seed.TOKEN_LENGTH + " characters. The caches have the same"
                        + " bound and the same expiry.")
                .table(new Table(List.of("contestant", "bytes per user", "without its refresh token", "holds"), rows))
                .picture(
                        "costs-memory",
                        "Bytes per user",
                        Charts.bars("Memory per user (less is better)", value -> Samples.number(value, 0) + " B", bars))
                .text("What ours consist of:")
                .table(new Table(List.of("class", "objects per user", "bytes per user"), parts));
    }
}
