package io.github.tiktokauth.spi;

import java.time.Duration;

/**
 * Where the one-time states of consents under way are kept. The library hands in hashes only; the state itself is in no
 * store. The testkit's {@code StateStoreContract} carries the same rule numbers.
 *
 * <p><b>Rules</b>
 *
 * <ol>
 *   <li>Every method is atomic and is seen by every later call on every node.
 *   <li>Of any number of {@link #take} calls with one hash, on any number of nodes, exactly one is told {@link
 *       TakenState.Outcome#TAKEN}.
 *   <li>Time is the storage's own clock. A state that has run out is told {@link TakenState.Outcome#EXPIRED} and is spent.
 *   <li>A user keeps at most {@code keepPerUser} open states; the oldest give way.
 *   <li>A spent state is remembered until it would have run out, so that a second use can be told from an unknown state.
 *   <li>What could not be carried out is a {@link StoreException}.
 * </ol>
 */
public interface StateStore {

    /**
     * The name that ciphertexts of this store are bound to. It must stay the same for as long as the data lives.
     *
     * @return a short constant name
     */
    String name();

    /**
     * Keeps a new state, and removes the user's oldest open ones above the cap.
     *
     * @param state the state
     * @param lifetime how long it may be used, on the storage's clock
     * @param keepPerUser how many open states the user keeps, this one included; 1 or more
     * @throws StoreException when the storage fails
     */
    void save(StoredState state, Duration lifetime, int keepPerUser);

    /**
     * Spends a state. Whatever the outcome, the state cannot be taken again.
     *
     * @param hash the state's hash
     * @return what was found
     * @throws StoreException when the storage fails
     */
    TakenState take(String hash);

    /**
     * Removes states that have run out, in one bounded bite.
     *
     * @param limit how many at most
     * @return how many were removed
     * @throws StoreException when the storage fails
     */
    int purge(int limit);

    /**
     * Removes every state of a user.
     *
     * @param userId the host's user
     * @return how many were removed
     * @throws StoreException when the storage fails
     */
    int erase(String userId);
}
