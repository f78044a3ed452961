package io.github.tiktokauth.benchmarks;

import io.github.tiktokauth.benchmarks.calls.Calls;
import io.github.tiktokauth.benchmarks.calls.Guard;
import io.github.tiktokauth.benchmarks.costs.Costs;
import io.github.tiktokauth.benchmarks.storms.Storms;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs one of the programs; each writes its page into {@code docs/performance}. */
public final class Main {

    private Main() {}

    /**
     * Runs it.
     *
     * @param args which; {@code jmh} takes JMH's own options
     * @throws Exception when it cannot be run
     */
    public static void main(String[] args) throws Exception {
        // Charts are drawn without a screen.
        System.setProperty("java.awt.headless", "true");
        String program = args.length == 0 ? "" : args[0];
        Path pages = Path.of("docs", "performance");
        switch (program) {
            case "calls" -> Calls.run(pages);
            case "guard" -> System.exit(Guard.run() ? 0 : 1);
            case "jmh" -> org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            case "storms" -> System.exit(Storms.run(pages) ? 0 : 1);
            case "costs" -> {
                if (!Costs.run(pages, Arrays.asList(args).subList(1, args.length))) {
                    System.exit(1);
                }
            }
            default -> {
                System.err.println(
                        "Say what to run, in the project's folder: calls, costs, storms, guard or jmh; pages go to "
                                + pages);
                System.exit(2);
            }
        }
    }
}
