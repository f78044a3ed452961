package io.github.tiktokauth.benchmarks.costs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who brings what, from the verbose listing of Maven's dependency plugin. A line that is omitted there for a duplicate or a
 * conflict points at the one that stands elsewhere, so the children are found by group and artifact.
 */
final class DependencyTree {

    private static final Pattern LINE =
            Pattern.compile("^([| +\\\\-]*)\\(?([^:( ]+):([^: ]+):jar:([^: )]+)(?::[^ )]+)?(.*)$");
    private static final int INDENT = 3;

    private final Map<String, Set<String>> children;
    private final Map<String, String> fileNames;

    private DependencyTree(Map<String, Set<String>> children, Map<String, String> fileNames) {
        this.children = children;
        this.fileNames = fileNames;
    }

    static DependencyTree parse(List<String> lines) {
        Map<String, Set<String>> children = new HashMap<>();
        Map<String, String> fileNames = new HashMap<>();
        List<String> path = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalStateException("not understood: " + line);
            }
            int depth = matcher.group(1).length() / INDENT;
            String name = matcher.group(2) + ":" + matcher.group(3);
            while (path.size() > depth) {
                path.remove(path.size() - 1);
            }
            if (depth > 0) {
                children.computeIfAbsent(path.get(depth - 1), parent -> new LinkedHashSet<>())
                        .add(name);
            }
            path.add(name);
            if (!line.contains("omitted for")) {
                fileNames.put(name, matcher.group(3) + "-" + matcher.group(4) + ".jar");
            }
        }
        return new DependencyTree(children, fileNames);
    }

    /** The file names of these and of all that they bring. */
    List<String> closure(String... names) {
        Set<String> found = new LinkedHashSet<>(List.of(names));
        Deque<String> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            for (String child : children.getOrDefault(open.pop(), Set.of())) {
                if (found.add(child)) {
                    open.push(child);
                }
            }
        }
        return found.stream().map(this::fileName).sorted().toList();
    }

    private String fileName(String name) {
        String fileName = fileNames.get(name);
        if (fileName == null) {
            throw new IllegalStateException("no jar stands for " + name);
        }
        return fileName;
    }
}
