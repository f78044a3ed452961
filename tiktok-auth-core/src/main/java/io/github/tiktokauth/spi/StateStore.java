package io.github.tiktokauth.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a consent under way needs: one-time states, authorizations that wait for the choice of a shop, and hashes of what
 * must be acted on once. The library hands in hashes of states and choices; they themselves are in no store. The testkit's
 * {@code StateStoreContract} carries the same rule numbers.
 *
 * <p><b>Rules</b>
 *
 * <ol>
 *   <li>Every method is atomic and is seen by every later call on every node.
 *   <li>Of any number of {@link #take} calls with one hash, on any number of nodes, exactly one gets {@link
 *       TakenState.Status#TAKEN}. The store decides this by one conditional write, not by a read before it.
 *   <li>Time is the storage's own clock. A state that is older than its lifetime cannot be taken.
 *   <li>A user keeps at most {@code keepPerUser} open states; the oldest are removed.
 *   <li>A spent state stays with the code's hash and its outcome until its lifetime is over, so that a repeated callback can
 *       be told from an unknown state.
 *   <li>What could not be carried out is a {@link StoreException}; the caller then does not know whether it was done. An
 *       implementation must not put a value it was given, or a driver's message, into that exception.
 *   <li>Of any number of {@link #rememberOnce} calls with one hash, on any number of nodes, exactly one gets {@code true}
 *       until the lifetime is over or {@link #forget} is called.
 *   <li>A state is taken only by the user it was made for and from the browser it is bound to; any other attempt leaves it as
 *       it is. User ids and hashes are compared exactly.
 *   <li>Of any number of {@link #removePending} calls with one hash, on any number of nodes, exactly one gets {@code true}.
 *   <li>What lies within {@link ValueLimits} is stored exactly; anything else is stored exactly or refused with {@link
 *       StoreException.Kind#BAD_VALUE}, never changed.
 * </ol>
 */
public interface StateStore {

    /**
     * Returns the name that ciphertexts of this store are bound to. It must stay the same for as long as the data lives.
     *
     * @return a short constant name
     */
    String name();

    /**
     * Returns the time of the storage's own clock.
     *
     * @return now, in whole milliseconds
     * @throws StoreException when the storage fails
     */
    Instant now();

    /**
     * Saves a new state, and removes the user's oldest open ones above the limit.
     *
     * @param state the state
     * @param lifetime how long it may be taken, on the storage's clock
     * @param keepPerUser how many open states the user keeps, this one included; 1 or more
     * @throws StoreException when the storage fails, or when a state with this hash is there already ({@link
     *     StoreException.Kind#BAD_VALUE})
     */
    void save(StoredState state, Duration lifetime, int keepPerUser);

    /**
     * Spends a state, if it is open, was made for this user, and is bound to this browser or to none.
     *
     * @param hash the state's hash
     * @param userId the user of the host's session
     * @param bindingHash the SHA-256 of what the browser brought, or {@code null} when it brought nothing
     * @param codeHash the SHA-256 of the authorization code, kept with the spent state
     * @return what was found; a wrong user or browser is reported before anything else about the state
     * @throws StoreException when the storage fails
     */
    TakenState take(String hash, String userId, @Nullable String bindingHash, String codeHash);

    /**
     * Reads a state without spending it.
     *
     * @param hash the state's hash
     * @param userId the user of the host's session
     * @param bindingHash the SHA-256 of what the browser brought, or {@code null} when it brought nothing
     * @return as {@link #take}, with {@link TakenState.Status#OPEN} where that would take it
     * @throws StoreException when the storage fails
     */
    TakenState find(String hash, String userId, @Nullable String bindingHash);

    /**
     * Notes the outcome of a spent state, unless one is noted already.
     *
     * @param hash the state's hash
     * @param outcome a short text free of secrets, 1 to 64 characters
     * @return whether it was noted by this call; {@code false} also when the state is unknown or was not spent
     * @throws StoreException when the storage fails
     */
    boolean recordOutcome(String hash, String outcome);

    /**
     * Remembers that something was seen, for example a webhook, so that of many deliveries one is acted on. What is remembered
     * so cannot be taken, counts towards no user's limit, and is purged like a state.
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
     * Saves an authorization that waits for the choice of a shop.
     *
     * @param pending the authorization
     * @param lifetime how long it may be found, on the storage's clock
     * @throws StoreException when the storage fails, or when one with this hash is there already ({@link
     *     StoreException.Kind#BAD_VALUE})
     */
    void savePending(PendingAuthorization pending, Duration lifetime);

    /**
     * Reads an authorization that waits for the choice of a shop; it stays.
     *
     * @param hash the hash of the choice
     * @return the authorization; empty when there is none or its lifetime is over
     * @throws StoreException when the storage fails
     */
    Optional<PendingAuthorization> findPending(String hash);

    /**
     * Removes an authorization that waits for the choice of a shop, because the choice was made.
     *
     * @param hash the hash of the choice
     * @return whether it was there and its lifetime was not over
     * @throws StoreException when the storage fails
     */
    boolean removePending(String hash);

    /**
     * Removes all authorizations of a user that wait for the choice of a shop.
     *
     * @param userId the host's user
     * @return how many were removed
     * @throws StoreException when the storage fails
     */
    int removePendingOfUser(String userId);

    /**
     * Removes what is older than its lifetime, one bounded batch at a time.
     *
     * @param limit how many at most, 1 or more
     * @return how many were removed
     * @throws StoreException when the storage fails
     */
    int purge(int limit);

    /**
     * Removes every state and every pending authorization of a user.
     *
     * @param userId the host's user
     * @return how many were removed
     * @throws StoreException when the storage fails
     */
    int erase(String userId);
}
