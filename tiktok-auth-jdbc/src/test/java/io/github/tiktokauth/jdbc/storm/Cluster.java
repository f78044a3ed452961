package io.github.tiktokauth.jdbc.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Four nodes, started once for all tests of this JVM: a JVM's start costs more than a storm. */
final class Cluster {

    static final int NODES = 4;
    private static final List<NodeProcess> RUNNING = new ArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(NodeProcess::close)));
    }

    private final List<NodeProcess> nodes;

    private Cluster(List<NodeProcess> nodes) {
        this.nodes = nodes;
    }

    /** All nodes over one database and one TikTok; those that a failed test has ended are started again. */
    static synchronized Cluster open(Map<String, String> settings) {
        RUNNING.removeIf(node -> !node.isAlive());
        List<NodeProcess> launched = IntStream.range(RUNNING.size(), NODES)
                .mapToObj(i -> NodeProcess.launch())
                .toList();
        RUNNING.addAll(launched);
        launched.forEach(NodeProcess::ready);
        RUNNING.forEach(node -> node.open(settings));
        return new Cluster(List.copyOf(RUNNING));
    }

    static Cluster of(List<NodeProcess> nodes) {
        return new Cluster(nodes);
    }

    /** Starts the calls of all nodes together. */
    List<String> storm(IntFunction<List<String>> callsOfNode) {
        begin(callsOfNode);
        return results();
    }

    void begin(IntFunction<List<String>> callsOfNode) {
        try {
            for (int i = 0; i < nodes.size(); i++) {
                nodes.get(i).arm(callsOfNode.apply(i));
            }
            nodes.forEach(NodeProcess::awaitArmed);
            nodes.forEach(NodeProcess::go);
        } catch (AssertionError e) {
            nodes.forEach(NodeProcess::kill);
            throw e;
        }
    }

    void advance(Duration by) {
        nodes.forEach(node -> node.advance(by));
    }

    List<String> results() {
        try {
            return nodes.stream().flatMap(node -> node.results().stream()).toList();
        } catch (AssertionError e) {
            nodes.forEach(NodeProcess::kill);
            throw e;
        }
    }
}
