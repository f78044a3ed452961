package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;

/** Rules 1 to 5 and 7 to 9 under real threads, half of them on each node. Counts decide, not timings. */
abstract class StateRaceRules extends StateStoreRules {

    private static final String EACH = " ({currentRepetition})";

    StateRaceRules(StateStoreContract contract) {
        super(contract);
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 2: of many who take one state one is given it" + EACH)
    void take() {
        StoredState state = saved(freshUser(), MANY);
        List<TakenState> taken = Race.of(i -> take(node(i), state));
        List<Status> outcomes = taken.stream().map(TakenState::status).toList();
        assertEquals(1, Race.count(outcomes, Status.TAKEN));
        assertEquals(Race.THREADS - 1, Race.count(outcomes, Status.ALREADY_USED));
        assertEquals(state, taken.get(outcomes.indexOf(Status.TAKEN)).state());
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 3: of many who take a state that ran out none is given it" + EACH)
    void takeExpired() {
        StoredState state = saved(freshUser(), MANY);
        advance(LIFETIME.plus(MINUTE));
        List<Status> outcomes = Race.of(i -> take(node(i), state).status());
        assertEquals(0, Race.count(outcomes, Status.TAKEN));
        assertTrue(outcomes.contains(Status.EXPIRED), "one at least hears that it ran out");
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 1: states that many save at once can all be used" + EACH)
    void save() {
        String userId = freshUser();
        List<StoredState> states = Race.of(i -> {
            StoredState state = state(userId);
            node(i).save(state, LIFETIME, MANY);
            return state;
        });
        states.forEach(this::assertTaken);
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 4: the cap holds after many saved at once and one more" + EACH)
    void cap() {
        String userId = freshUser();
        List<StoredState> states = Collections.synchronizedList(new ArrayList<>());
        Race.of(i -> {
            StoredState state = state(userId);
            states.add(state);
            node(i).save(state, LIFETIME, 3);
            return state;
        });
        StoredState last = saved(userId, 3);
        assertTaken(last);
        long open = states.stream().filter(state -> take(state) == Status.TAKEN).count();
        assertEquals(2, open, "two besides the last");
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 1: of many who purge each state is counted by one" + EACH)
    void purge() {
        purgeAll();
        String userId = freshUser();
        for (int i = 0; i < 10; i++) {
            saved(userId, MANY);
        }
        advance(LIFETIME.plus(MINUTE));
        List<Integer> counts = Race.of(i -> node(i).purge(3));
        int rest = purgeAll();
        assertEquals(10, counts.stream().mapToInt(Integer::intValue).sum() + rest);
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 7: of many who see one thing at once one is the first" + EACH)
    void remember() {
        String hash = state(freshUser()).hash();
        assertEquals(1, Race.count(Race.of(i -> node(i).rememberOnce(hash, LIFETIME)), true));
        advance(LIFETIME.plus(MINUTE));
        assertEquals(1, Race.count(Race.of(i -> node(i).rememberOnce(hash, LIFETIME)), true));
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 9: of many who remove one pending authorization one did it" + EACH)
    void removePending() {
        PendingAuthorization pending = pending(freshUser());
        store().savePending(pending, LIFETIME);
        List<Boolean> removed = Race.of(i -> node(i).removePending(pending.hash()));
        assertEquals(1, Race.count(removed, true));
        assertEquals(Optional.empty(), store().findPending(pending.hash()));
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 5: of many outcomes of one state one is noted" + EACH)
    void outcome() {
        StoredState state = saved(freshUser(), MANY);
        assertTaken(state);
        List<Boolean> noted = Race.of(i -> node(i).recordOutcome(state.hash(), "node-" + i));
        assertEquals(1, Race.count(noted, true));
        assertEquals("node-" + noted.indexOf(true), spent(find(state)).outcome());
    }

    @RepeatedTest(
            value = Race.ROUNDS,
            name = "rule 8: wrong users and browsers in between do not keep one from taking it" + EACH)
    void wrongOnes() {
        StoredState state = saved(freshUser(), MANY);
        List<Status> found = Race.of(i -> switch (i % 3) {
            case 0 -> take(node(i), state).status();
            case 1 ->
                node(i).take(state.hash(), freshUser(), state.bindingHash(), CODE_HASH)
                        .status();
            default ->
                node(i).take(state.hash(), state.userId(), null, CODE_HASH).status();
        });
        assertEquals(1, Race.count(found, Status.TAKEN));
        assertEquals(0, found.indexOf(Status.TAKEN) % 3, "one of the right ones");
    }
}
