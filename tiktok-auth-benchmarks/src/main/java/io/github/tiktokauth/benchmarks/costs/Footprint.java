package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.report.Charts;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The jars that a host inherits. */
final class Footprint implements Costs.Part {

    private static final List<Bundle> BUNDLES =
            List.of(Bundle.OURS, Bundle.SPRING, Bundle.SPRING_JACKSON, Bundle.GOOGLE_AUTH, Bundle.MSAL4J);
    private static final double KIB = 1024;

    @Override
    public Costs.Chapter measure(Goals goals) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        List<Charts.Bar> bars = new ArrayList<>();
        for (Bundle bundle : BUNDLES) {
            List<Path> jars = bundle.jars();
            double mib = Bundle.bytes(jars) / KIB / KIB;
            rows.add(List.of(bundle.label(), Integer.toString(jars.size()), text("%.2f", mib)));
            bars.add(new Charts.Bar(bundle.label() + ", " + jars.size() + " jars", mib, bundle == Bundle.OURS));
        }
        List<Path> jars = Bundle.OURS.jars();
        List<Path> own = jars.stream().filter(Footprint::isOwn).toList();
        double mib = Bundle.bytes(jars) / KIB / KIB;
        double ownKib = Bundle.bytes(own) / KIB;
        goals.check(Goal.JARS, "footprint", jars.size());
        goals.check(Goal.JARS_SIZE, "footprint", mib);
        goals.check(Goal.OWN_JARS_SIZE, "footprint", ownKib);
        String names = jars.stream().map(jar -> "`" + name(jar) + "`").collect(Collectors.joining(", "));
        return page -> page.heading("Footprint")
                .text(
                        "Jars on the class path of a host that takes the contestant and nothing else; drivers and connection"
                                + " pools are the host's own choice with each of them. Spring's client does not load without a JSON"
                                + " library, which it leaves to the host: the smallest that it takes, and the usual one.")
                .table(new Table(List.of("contestant", "jars", "MiB"), rows))
                .picture(
                        "costs-footprint",
                        "What a host inherits",
                        Charts.bars("What a host inherits (less is better)", value -> text("%.1f MiB", value), bars))
                .text("Ours: " + names + ".");
    }

    private static boolean isOwn(Path jar) {
        return name(jar).startsWith("tiktok-auth-");
    }

    private static String name(Path jar) {
        return String.valueOf(jar.getFileName());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
