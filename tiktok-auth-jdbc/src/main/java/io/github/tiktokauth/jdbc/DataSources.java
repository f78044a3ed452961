package io.github.tiktokauth.jdbc;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.sql.CommonDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds DataSources of a kind, as they are handed in and behind what wraps them. A kind is known by the names of its classes, so
 * that none of them need be on the class path. What fails on the way counts as not found: most wrappers wrap nothing unusual.
 */
final class DataSources {

    /** Against getters that make a new wrapper at each call. */
    private static final int MOST_LOOKED_AT = 50;

    /**
     * What makes a DataSource one of a kind: that it is of one of these classes, or of one whose simple name ends so, whatever its
     * letter case.
     */
    record Kind(Set<String> classes, String ending) {

        /** Which database it leads to is decided anew for each connection. */
        static final Kind ROUTING = new Kind(
                Set.of(
                        "org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource",
                        "org.apache.shardingsphere.driver.jdbc.core.datasource.ShardingSphereDataSource",
                        "org.apache.shardingsphere.shardingjdbc.jdbc.core.datasource.ShardingDataSource"),
                // Of Spring, of com.baomidou.dynamic.datasource in every version, and of hosts that write their own.
                "RoutingDataSource");

        private boolean isOf(Class<?> type) {
            return classes.contains(type.getName())
                    || lower(type.getSimpleName()).endsWith(lower(ending));
        }

        private static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> next = new ArrayDeque<>();

    private DataSources(Kind kind) {
        this.kind = kind;
    }

    /** Which tenant a call belongs to is not the library's to know; its cache and its threads know users only. */
    static void refuseRouting(DataSource dataSource) {
        find(dataSource, Kind.ROUTING).ifPresent(type -> {
            throw new IllegalArgumentException("the DataSource routes (" + type.getName()
                    + "): should it route by tenant, a user would get the token of another tenant's user of the same id."
                    + " Make one JdbcStores and one TikTokAuth for each tenant's own DataSource; if it routes for another"
                    + " reason, say so by allowRoutingDataSource()");
        });
    }

    /** The class of the outermost DataSource of a kind; a class that is not visible is named by its kind. */
    static Optional<Class<?>> find(DataSource dataSource, Kind kind) {
        return new DataSources(kind).behind(dataSource);
    }

    private Optional<Class<?>> behind(DataSource outermost) {
        next.add(outermost);
        while (!next.isEmpty() && seen.size() < MOST_LOOKED_AT) {
            Object candidate = next.remove();
            if (seen.add(candidate)) {
                Class<?> type = candidate.getClass();
                if (isOfKind(type)) {
                    return Optional.of(type);
                }
                Optional<Class<?>> said = saysItWraps(candidate);
                if (said.isPresent()) {
                    return said;
                }
                wrapped(candidate).forEach(next::add);
            }
        }
        return Optional.empty();
    }

    private boolean isOfKind(@Nullable Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (kind.isOf(at) || List.of(at.getInterfaces()).stream().anyMatch(this::isOfKind)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Class<?>> saysItWraps(Object candidate) {
        if (candidate instanceof Wrapper wrapper) {
            for (String name : kind.classes()) {
                for (Class<?> known : loaded(name, candidate)) {
                    if (isWrapperFor(wrapper, known)) {
                        return Optional.of(known);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isWrapperFor(Wrapper wrapper, Class<?> type) {
        try {
            return wrapper.isWrapperFor(type);
        } catch (SQLException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** As the loaders know it that may have made what is wrapped. */
    private static Set<Class<?>> loaded(String name, Object candidate) {
        Set<@Nullable ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(candidate.getClass().getClassLoader());
        loaders.add(Thread.currentThread().getContextClassLoader());
        loaders.add(DataSources.class.getClassLoader());
        Set<Class<?>> found = new LinkedHashSet<>();
        for (ClassLoader loader : loaders) {
            try {
                found.add(Class.forName(name, false, loader));
            } catch (ClassNotFoundException | LinkageError e) {
                // Then nothing that this loader knows is of that class.
            }
        }
        return found;
    }

    private static List<Object> wrapped(Object candidate) {
        List<Object> found = new ArrayList<>();
        if (candidate instanceof Wrapper wrapper && isWrapperFor(wrapper, DataSource.class)) {
            try {
                addIfThere(found, wrapper.unwrap(DataSource.class));
            } catch (SQLException | RuntimeException | LinkageError e) {
                // Then it is not known.
            }
        }
        for (Method method : candidate.getClass().getMethods()) {
            if (isGetter(method)) {
                try {
                    // A public method of a hidden class.
                    method.trySetAccessible();
                    addIfThere(found, method.invoke(candidate));
                } catch (ReflectiveOperationException | RuntimeException e) {
                    // Then it is not known.
                }
            }
        }
        return found;
    }

    private static void addIfThere(List<Object> found, @Nullable Object wrapped) {
        if (wrapped != null) {
            found.add(wrapped);
        }
    }

    /** Tomcat's pool promises no more than an Object. */
    private static boolean isGetter(Method method) {
        Class<?> type = method.getReturnType();
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && method.getName().startsWith("get")
                && (CommonDataSource.class.isAssignableFrom(type)
                        || (type == Object.class && method.getName().endsWith("DataSource")));
    }
}
