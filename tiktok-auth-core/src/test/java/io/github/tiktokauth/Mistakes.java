package io.github.tiktokauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;

/** What {@link ArchitectureTest} must find, and {@code Hides}, which it must not. */
public final class Mistakes {

    private Mistakes() {}

    public static class ShowsInReturn {
        public JsonNode node() {
            throw new UnsupportedOperationException();
        }
    }

    public static class ShowsInGenericParameter {
        protected void nodes(List<? extends Callable<JsonNode>> nodes) {}
    }

    public abstract static class ShowsInSupertype implements Callable<JsonNode> {}

    public static class ShowsInField {
        protected OkHttpClient client;
    }

    public static final class Hides {
        private OkHttpClient client;

        OkHttpClient client() {
            return client;
        }

        void node(JsonNode node) {}
    }

    public static final class TakesOptional {
        public void take(Optional<String> text) {}
    }

    static final class Prints {
        void print() {
            System.out.println("not to the console");
        }
    }

    static final class Other {
        /** Another type of that name in this package. */
        static final class Hides {}
    }
}
