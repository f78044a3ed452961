package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** One node of a cluster in a JVM of its own. It runs the commands that its standard input holds, a line each, and ends with it. */
final class Node {

    /** What separates the words of a line. */
    static final String TAB = "\t";

    private final Map<String, Peer> peers = new HashMap<>();

    private Node() {}

    /**
     * Runs commands until the input ends.
     *
     * @param args none
     * @throws IOException when it cannot be read
     */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Node node = new Node();
        out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(node.execute(line.split(TAB, -1)));
        }
        Runtime.getRuntime().halt(0);
    }

    private String execute(String[] words) {
        String name = words[1];
        switch (words[0]) {
            case "open" -> peers.put(name, Contestants.open(settings(words)));
            case "close" -> Objects.requireNonNull(peers.remove(name)).close();
            default -> {
                return storm(Objects.requireNonNull(peers.get(name)), words);
            }
        }
        return "done";
    }

    private static String storm(Peer peer, String[] words) {
        Work work = Work.of(words);
        Storm storm = Storm.at(
                work.start(),
                work.threads(),
                work.calls(),
                number -> peer.token(Seed.userId(work.first() + (work.offset() + number) % work.users())));
        return storm.failures()
                + TAB
                + storm.millis()
                + TAB
                + storm.firstFailure().replaceAll("\\s+", " ");
    }

    private static Map<String, String> settings(String[] words) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            settings.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return settings;
    }

    /**
     * Calls for a range of users, one after the other and round again.
     *
     * @param start on the wall clock, in microseconds
     * @param first the first user's number
     * @param users how many users there are
     * @param offset with which of them to begin
     */
    record Work(long start, int threads, int calls, int first, int users, int offset) {

        static Work of(String[] words) {
            return new Work(
                    Long.parseLong(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]),
                    Integer.parseInt(words[5]),
                    Integer.parseInt(words[6]),
                    Integer.parseInt(words[7]));
        }

        String line(String name) {
            return "storm" + TAB + name + TAB + start + TAB + threads + TAB + calls + TAB + first + TAB + users + TAB
                    + offset;
        }
    }
}
