package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.Explorer.Actor;
import io.github.tiktokauth.Explorer.Touch;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Nodes of the real core over one store and one TikTok, with a user whose access token has just expired. */
final class ClusterWorld implements Explorer.World {

    static final String USER = "u";
    private static final StoredShop SHOP = new StoredShop("7494049642642441621", "Shop", "GB", "cipher", false);
    private static final TikTokConfig CONFIG = TikTokConfig.fromMap(Map.of(
            "TIKTOK_CLIENT_ID",
            "app",
            "TIKTOK_CLIENT_SECRET",
            "secret",
            "TIKTOK_REDIRECT_URI",
            "https://host.example/callback",
            "TIKTOK_SERVICE_ID",
            "7000000000000000001",
            "TIKTOK_TOKEN_ENCRYPTION_KEYS",
            "k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));

    /** What happens besides the nodes' calls. */
    record Script(
            int nodes,
            int callersOfEach,
            ModelTikTok.Rotation rotation,
            List<Event> events,
            int crashNode,
            int crashStep,
            int lostAnswer,
            UnaryOperator<TokenStore> rules) {

        static Script of(int nodes, ModelTikTok.Rotation rotation, Event... events) {
            return new Script(nodes, 1, rotation, List.of(events), -1, 0, 0, UnaryOperator.identity());
        }

        /** Then a refresh runs on the thread of the caller who starts it, and the others of the node wait for it. */
        Script callersOfEach(int number) {
            return new Script(nodes, number, rotation, events, crashNode, crashStep, lostAnswer, rules);
        }

        Script crash(int node, int step) {
            return new Script(nodes, callersOfEach, rotation, events, node, step, lostAnswer, rules);
        }

        Script lostAnswer(int call) {
            return new Script(nodes, callersOfEach, rotation, events, crashNode, crashStep, call, rules);
        }

        Script rules(UnaryOperator<TokenStore> changed) {
            return new Script(nodes, callersOfEach, rotation, events, crashNode, crashStep, lostAnswer, changed);
        }

        int callers() {
            return nodes * callersOfEach;
        }

        int actors() {
            return callers() + events.size();
        }
    }

    enum Event {
        LEASE_ENDS,
        DISCONNECT,
        RECONNECT,
        RENEW
    }

    private final Script script;
    private final ManualTime clock = new ManualTime();
    private final ModelTikTok tikTok;
    private final InMemoryTokenStore memory = new InMemoryTokenStore(clock.wall());
    private final TokenStore store;
    private final TokenEncryption encryption;
    private final AtomicLong writes = new AtomicLong();
    private final ThreadLocal<Actor> acting = new ThreadLocal<>();
    private final List<String> answers = new ArrayList<>();
    private int calls;
    private boolean sentAgain;
    private boolean disconnected;
    private boolean reconnected;
    final List<Throwable> failures = new ArrayList<>();

    ClusterWorld(Script script) {
        this.script = script;
        this.tikTok = new ModelTikTok(script.rotation(), clock.wall());
        this.store = script.rules().apply(memory);
        this.encryption = new TokenEncryption(CONFIG.cipher(), store.name(), CONFIG.clientId());
        connect(tikTok.authorize());
        clock.advance(Duration.ofDays(8));
    }

    private void connect(TokenResponse response) {
        store.connect(new NewAuthorization(
                USER, CONFIG.clientId(), SHOP, encryption.seal(USER, PlainTokens.first(response, store::now)), 1));
    }

    @Override
    public List<Runnable> actors(List<Actor> handles) {
        List<Runnable> bodies = new ArrayList<>();
        for (int i = 0; i < script.nodes(); i++) {
            TikTokAuth node = node();
            for (int j = 0; j < script.callersOfEach(); j++) {
                Actor actor = handles.get(bodies.size());
                if (i == script.crashNode()) {
                    actor.crashAt(script.crashStep());
                }
                bodies.add(() -> {
                    acting.set(actor);
                    call(node);
                });
            }
        }
        for (int i = 0; i < script.events().size(); i++) {
            Event event = script.events().get(i);
            Actor actor = handles.get(script.callers() + i);
            bodies.add(() -> happen(event, actor));
        }
        return bodies;
    }

    /** The actor whose thread this is. */
    private Actor actor() {
        return acting.get();
    }

    private Touch touching(Touch touched) {
        return script.callersOfEach() > 1 ? Touch.ANYTHING : touched;
    }

    private TikTokAuth node() {
        return TikTokAuth.builder(CONFIG)
                .tokenStore(SteppedStore.of(store, touched -> actor().step(touching(touched)), writes::incrementAndGet))
                .stateStore(new InMemoryStateStore(clock.wall()))
                .cacheTtl(Duration.ZERO)
                .time(new SteppedTime())
                .callThreads(Runnable::run)
                .api(new ModelTikTok.Node() {
                    private final Set<String> answered = new HashSet<>();

                    @Override
                    public TokenResponse refresh(String refreshToken) throws CallFailure {
                        sentAgain |= answered.contains(refreshToken);
                        actor().step(touching(Touch.TIKTOK));
                        TokenResponse response = tikTok.refresh(refreshToken);
                        if (++calls == script.lostAnswer()) {
                            throw CallFailure.unanswered("lost");
                        }
                        answered.add(refreshToken);
                        return response;
                    }
                })
                .build();
    }

    private void call(TikTokAuth node) {
        try {
            String token = node.getValidAccessToken(USER).value();
            answers.add(token);
            assertThat(tikTok.accepts(token) || tikTok.hasEndedGrant())
                    .as("a handed out token is one that TikTok accepts")
                    .isTrue();
        } catch (TikTokAuthException e) {
            failures.add(e);
        }
    }

    private void happen(Event event, Actor actor) {
        switch (event) {
            case LEASE_ENDS -> {
                actor.step(Touch.CLOCK);
                clock.advance(Duration.ofSeconds(21));
                writes.incrementAndGet();
            }
            case DISCONNECT -> {
                actor.step(Touch.STORE_WRITE);
                disconnected = true;
                reconnected = false;
                store.disconnect(USER);
                writes.incrementAndGet();
            }
            case RECONNECT -> {
                actor.step(Touch.STORE_WRITE);
                store.disconnect(USER);
                connect(tikTok.authorize());
                reconnected = true;
                disconnected = false;
                writes.incrementAndGet();
            }
            case RENEW -> {
                actor.step(Touch.STORE_WRITE);
                connect(tikTok.authorize());
                reconnected = true;
                disconnected = false;
                writes.incrementAndGet();
            }
        }
    }

    @Override
    public void timePasses() {
        clock.advance(Duration.ofSeconds(21));
    }

    @Override
    public void check() {
        assertThat(sentAgain && script.rotation() != ModelTikTok.Rotation.NONE)
                .as("a node has sent a token whose successor it holds")
                .isFalse();
        Optional<StoredAuthorization> row = store.find(USER);
        if (disconnected) {
            assertThat(row).as("disconnected stays disconnected").isEmpty();
            return;
        }
        assertThat(row).as("the row is still there").isPresent();
        boolean mayEnd = script.rotation() == ModelTikTok.Rotation.REUSE_ENDS_THE_GRANT
                || (script.rotation() == ModelTikTok.Rotation.OLD_IS_REFUSED
                        && (script.lostAnswer() > 0 || script.crashNode() >= 0));
        boolean harmed = script.lostAnswer() > 0
                || script.crashNode() >= 0
                || script.events().contains(Event.LEASE_ENDS);
        if (!harmed || !mayEnd) {
            assertThat(row.get().refresh().reauthorizationReason())
                    .as("nobody has to authorize again")
                    .isNull();
            assertThat(tikTok.isAlive(encryption.refreshToken(row.get())))
                    .as("the stored refresh token is one that TikTok takes")
                    .isTrue();
        }
        if (!harmed && !reconnected) {
            assertThat(tikTok.spent).as("one request for one expired token").hasSize(1);
            assertThat(failures).as("no caller fails").isEmpty();
        }
        if (row.get().refresh().reauthorizationReason() != null && !reconnected && !answersAlive()) {
            assertThat(row.get().refresh().reauthorizationReason())
                    .as("what a lost answer costs is told as that")
                    .isEqualTo("OUTCOME_UNKNOWN");
        }
    }

    private boolean answersAlive() {
        return script.events().contains(Event.LEASE_ENDS);
    }

    /** Sleeping waits for a write, because a poll that reads the same row again changes nothing. */
    private final class SteppedTime implements Time {

        @Override
        public java.time.InstantSource wall() {
            return clock.wall();
        }

        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public void sleep(Duration duration) {
            long seen = writes.get();
            actor().await(touching(Touch.STORE_READ), () -> writes.get() != seen);
        }

        @Override
        public void await(CompletableFuture<?> end, long nanos) {
            if (!end.isDone()) {
                long start = nanos();
                actor().await(Touch.ANYTHING, () -> end.isDone() || nanos() - start >= nanos);
            }
        }
    }
}
