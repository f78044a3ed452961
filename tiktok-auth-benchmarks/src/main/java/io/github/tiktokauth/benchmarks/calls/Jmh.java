package io.github.tiktokauth.benchmarks.calls;

import io.github.tiktokauth.benchmarks.report.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one benchmark with one set of parameters in JVMs of its own. */
record Jmh(int forks, int warmups, int measurements, TimeValue each) {

    static final Jmh THOROUGH = new Jmh(2, 3, 6, TimeValue.milliseconds(500));
    static final Jmh QUICK = new Jmh(1, 4, 7, TimeValue.milliseconds(250));

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * What came out.
     *
     * @param time the median of all measurements, in the benchmark's unit
     * @param bytes allocated for each call, the median
     */
    record Measured(double time, double bytes) {}

    Measured run(Class<?> benchmark, int threads, List<String> jvmArguments, List<Parameter> parameters)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .threads(threads)
                .forks(forks)
                .warmupIterations(warmups)
                .warmupTime(each)
                .measurementIterations(measurements)
                .measurementTime(each)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(jvmArguments.toArray(String[]::new))
                .verbosity(VerboseMode.SILENT);
        for (Parameter parameter : parameters) {
            options = options.param(parameter.name(), parameter.value());
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        List<Double> times = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (RunResult result : results) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    times.add(iteration.getPrimaryResult().getScore());
                    Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
                    if (allocated != null) {
                        bytes.add(allocated.getScore());
                    }
                }
            }
        }
        return new Measured(Samples.of(times).median(), Samples.of(bytes).median());
    }

    /** One parameter of a benchmark. */
    record Parameter(String name, String value) {

        static Parameter of(String name, Object value) {
            return new Parameter(name, value.toString());
        }
    }
}
