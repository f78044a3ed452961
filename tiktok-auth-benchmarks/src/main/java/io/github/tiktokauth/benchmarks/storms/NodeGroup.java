package io.github.tiktokauth.benchmarks.storms;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Several JVMs that work on one database. */
final class NodeGroup implements AutoCloseable {

    /** Long enough for each node to have its threads ready. */
    private static final long LEAD_MICROS = 60_000;

    private final List<NodeProcess> nodes;

    NodeGroup(int size) {
        nodes = IntStream.range(0, size).mapToObj(i -> NodeProcess.launch()).toList();
        nodes.forEach(NodeProcess::answer);
    }

    void open(Contestant contestant) {
        nodes.forEach(node -> node.open(contestant.name(), contestant.settings()));
        nodes.forEach(NodeProcess::answer);
    }

    void close(Contestant contestant) {
        nodes.forEach(node -> node.send("close" + Node.TAB + contestant.name()));
        nodes.forEach(NodeProcess::answer);
    }

    static long soon() {
        return Storm.micros() + LEAD_MICROS;
    }

    /** The first nodes at the same work, from the number of each. */
    Storm storm(int size, Contestant contestant, IntFunction<Node.Work> work) {
        int calls = 0;
        for (int i = 0; i < size; i++) {
            Node.Work own = work.apply(i);
            calls += own.calls();
            nodes.get(i).send(own.line(contestant.name()));
        }
        int failures = 0;
        double millis = 0;
        String firstFailure = "";
        for (NodeProcess node : nodes.subList(0, size)) {
            String[] words = node.answer().split(Node.TAB, -1);
            failures += Integer.parseInt(words[0]);
            millis = Math.max(millis, Double.parseDouble(words[1]));
            firstFailure = firstFailure.isEmpty() ? words[2] : firstFailure;
        }
        return new Storm(calls, failures, millis, firstFailure);
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
    }
}
