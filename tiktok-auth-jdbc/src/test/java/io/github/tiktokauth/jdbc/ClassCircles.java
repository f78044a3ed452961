package io.github.tiktokauth.jdbc;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds classes that need each other; a nested class counts as the one around it. Javadoc links do not count. */
final class ClassCircles {

    private final Map<String, Set<String>> uses = new TreeMap<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final Map<String, Integer> low = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final Set<Set<String>> circles = new HashSet<>();

    private ClassCircles(JavaClasses classes) {
        for (JavaClass type : classes) {
            Set<String> used = uses.computeIfAbsent(outermost(type), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String other = outermost(dependency.getTargetClass());
                if (!other.equals(outermost(type))
                        && dependency.getTargetClass().getPackageName().startsWith("io.github.tiktokauth")) {
                    used.add(other);
                }
            }
        }
    }

    /** The greatest sets of classes of which each needs all others, directly or by way of others; by their simple names. */
    static Set<Set<String>> of(JavaClasses classes) {
        ClassCircles search = new ClassCircles(classes);
        search.uses.keySet().forEach(search::visit);
        return search.circles;
    }

    /** Tarjan's strongly connected components. */
    private void visit(String type) {
        if (index.containsKey(type)) {
            return;
        }
        index.put(type, index.size());
        low.put(type, index.get(type));
        path.push(type);
        for (String other : uses.getOrDefault(type, Set.of())) {
            if (!index.containsKey(other)) {
                visit(other);
                low.merge(type, low.get(other), Math::min);
            } else if (path.contains(other)) {
                low.merge(type, index.get(other), Math::min);
            }
        }
        if (low.get(type).equals(index.get(type))) {
            Set<String> circle = new TreeSet<>();
            String member;
            do {
                member = path.pop();
                circle.add(member.substring(member.lastIndexOf('.') + 1));
            } while (!member.equals(type));
            if (circle.size() > 1) {
                circles.add(circle);
            }
        }
    }

    private static String outermost(JavaClass type) {
        JavaClass base = type.getBaseComponentType();
        return base.getEnclosingClass().map(ClassCircles::outermost).orElse(base.getName());
    }
}
