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
 *   <li>A user keeps at most {@code keepPerUser} open states; the oldest give way. User ids are compared exactly: letter
 *       case, accents and trailing blanks count.
 *   <li>A spent state is remembered until it would have run out, so that a second use can be told from an unknown state.
 *   <li>What could not be carried out is a {@link StoreException}.
 *   <li>Of any number of {@link #rememberOnce} calls with one hash, on any number of nodes, exactly one is told {@code true}
 *       until the lifetime is over or {@link #forget} is called.
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
     * Remembers that something was seen, for example a webhook, so that of many deliveries one is acted on. What is remembered
     * so cannot be taken, counts for no user's cap, and is purged like a state.
     *
     * @param hash the SHA-256 of what was seen, as 64 hexadecimal digits
     * @param lifetime how long it is remembered, on the storage's clock
     * @return whether it was not remembered before
     * @throws StoreException when the storage fails
     */
    boolean rememberOnce(String hash, Duration lifetime);

    /**
     * Forgets what {@link #rememberOnce} remembered, because it could not be acted on.
     *
     * @param hash the same hash
     * @throws StoreException when the storage fails
     */
    void forget(String hash);

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
