package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.Explorer.Actor;
import io.github.tiktokauth.Explorer.Touch;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Nodes of the real core over one store and one TikTok, with a user whose access token has just expired. */
final class ClusterWorld implements Explorer.World {

    static final String USER = "u";
    private static final StoredShop SHOP = new StoredShop("7494049642642441621", "Shop", "GB", "cipher");
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
            ModelTikTok.Rotation rotation,
            List<Event> events,
            int crashNode,
            int crashStep,
            int lostAnswer,
            UnaryOperator<TokenStore> rules) {

        static Script of(int nodes, ModelTikTok.Rotation rotation, Event... events) {
            return new Script(nodes, rotation, List.of(events), -1, 0, 0, UnaryOperator.identity());
        }

        Script crash(int node, int step) {
            return new Script(nodes, rotation, events, node, step, lostAnswer, rules);
        }

        Script lostAnswer(int call) {
            return new Script(nodes, rotation, events, crashNode, crashStep, call, rules);
        }

        Script rules(UnaryOperator<TokenStore> changed) {
            return new Script(nodes, rotation, events, crashNode, crashStep, lostAnswer, changed);
        }

        int actors() {
            return nodes + events.size();
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
    private final TokenEncryption vault;
    private final AtomicLong writes = new AtomicLong();
    private final List<String> answers = new ArrayList<>();
    private int calls;
    private boolean disconnected;
    private boolean reconnected;
    final List<Throwable> failures = new ArrayList<>();

    ClusterWorld(Script script) {
        this.script = script;
        this.tikTok = new ModelTikTok(script.rotation(), clock.wall());
        this.store = script.rules().apply(memory);
        this.vault = new TokenEncryption(CONFIG.cipher(), store.name());
        connect(tikTok.authorize());
        clock.advance(Duration.ofDays(8));
    }

    private void connect(TokenResponse grant) {
        store.connect(new NewAuthorization(USER, SHOP, vault.seal(USER, PlainTokens.first(grant, store::now))));
    }

    @Override
    public List<Runnable> actors(List<Actor> handles) {
        List<Runnable> bodies = new ArrayList<>();
        for (int i = 0; i < script.nodes(); i++) {
            Actor actor = handles.get(i);
            if (i == script.crashNode()) {
                actor.crashAt(script.crashStep());
            }
            TikTokAuth node = node(actor);
            bodies.add(() -> call(node));
        }
        for (int i = 0; i < script.events().size(); i++) {
            Event event = script.events().get(i);
            Actor actor = handles.get(script.nodes() + i);
            bodies.add(() -> happen(event, actor));
        }
        return bodies;
    }

    TikTokAuth node(Actor actor) {
        return TikTokAuth.builder(CONFIG)
                .tokenStore(SteppedStore.of(store, actor, writes::incrementAndGet))
                .stateStore(new InMemoryStateStore(clock.wall()))
                .cacheTtl(Duration.ZERO)
                .time(new SteppedTime(actor))
                .callThreads(Runnable::run)
                .api(new ModelTikTok.Node() {
                    @Override
                    public TokenResponse refresh(String refreshToken) throws CallFailure {
                        actor.step(Touch.TIKTOK);
                        TokenResponse grant = tikTok.refresh(refreshToken);
                        if (++calls == script.lostAnswer()) {
                            throw CallFailure.outcomeUnknown("lost", null);
                        }
                        return grant;
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
            assertThat(tikTok.isAlive(vault.refreshToken(row.get())))
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

        private final Actor actor;

        SteppedTime(Actor actor) {
            this.actor = actor;
        }

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
            actor.await(Touch.STORE_READ, () -> writes.get() != seen);
        }

        @Override
        public void await(CompletableFuture<?> end, long nanos) {
            assertThat(end).as("each node's only caller refreshes itself").isDone();
        }
    }
}
