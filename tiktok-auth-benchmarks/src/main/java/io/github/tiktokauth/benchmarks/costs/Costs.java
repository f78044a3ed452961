package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures one part after the other, and writes one page. */
public final class Costs {

    /** Tells what was measured. */
    interface Chapter {
        void writeTo(Page page);
    }

    /** Measures one kind of cost. */
    interface Part {
        Chapter measure(Goals goals) throws Exception;
    }

    private Costs() {}

    /**
     * Measures, and writes the page.
     *
     * @param directory where the page goes
     * @param only names of parts, to run these only and write no page; none for all
     * @return whether all requirements were met
     * @throws Exception when something could not be measured
     */
    public static boolean run(Path directory, List<String> only) throws Exception {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("footprint", new Footprint());
        parts.put("start", new ColdStart());
        parts.put("memory", new MemoryPerUser());
        parts.put("growth", new Growth());
        parts.put("threads", new VirtualThreads());
        if (!parts.keySet().containsAll(only)) {
            throw new IllegalArgumentException("parts are " + parts.keySet());
        }
        Goals goals = new Goals();
        List<Chapter> chapters = new ArrayList<>();
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (only.isEmpty() || only.contains(part.getKey())) {
                long begin = System.nanoTime();
                chapters.add(part.getValue().measure(goals));
                System.err.printf("%s: %.1f s%n", part.getKey(), (System.nanoTime() - begin) / 1e9);
            }
        }
        Page page = new Page("What it costs besides the call", "costs");
        page.heading("Goals").table(goals.table());
        chapters.forEach(chapter -> chapter.writeTo(page));
        if (only.isEmpty()) {
            page.write(directory, "costs");
        }
        return goals.requirementsMet();
    }
}
