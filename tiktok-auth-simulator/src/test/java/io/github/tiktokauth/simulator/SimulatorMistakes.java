package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What {@link ArchitectureTest} must find, and {@code Hides}, which it must not. */
public final class SimulatorMistakes {

    private SimulatorMistakes() {}

    public static class InReturn {
        public JsonNode node() {
            throw new UnsupportedOperationException();
        }
    }

    public static class InGenericParameter {
        protected void nodes(List<? extends Callable<JsonNode[]>> nodes) {}
    }

    public abstract static class InSupertype implements HttpHandler {}

    public static class InField {
        protected HttpExchange exchange;
    }

    abstract static class Base {
        public JsonNode node() {
            throw new UnsupportedOperationException();
        }
    }

    public static final class InWhatIsInherited extends Base {}

    public static final class Hides {
        private HttpExchange exchange;

        HttpExchange exchange() {
            return exchange;
        }

        void node(JsonNode node) {}
    }

    static final class KnowsATestFramework {
        Class<?> framework() {
            return Test.class;
        }
    }
}
