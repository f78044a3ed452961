package io.github.tiktokauth.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps authorizations. A store is a set of small atomic verbs; the refresh algorithm that uses them lives once, in the
 * library. The testkit's {@code TokenStoreContract} carries the same rule numbers.
 *
 * <p>Called by many threads at once, the host's and the library's. What the host keeps in thread-locals is not there, such as a
 * transaction or a tenant.
 *
 * <p><b>Rules</b>
 *
 * <ol>
 *   <li>Every method is atomic, is complete when it returns, and is seen by every later call on every node.
 *   <li>No method spans a network call to TikTok, and none is called while one is under way by the same thread.
 *   <li>A user has at most one active authorization, a shop belongs to at most one. The storage itself decides this, not a
 *       read before the write. User and shop ids are compared exactly: letter case, accents and trailing blanks
 *       count. The library uses no entry that has another id than the one asked for, but it cannot check what a write has hit.
 *   <li>Time is the storage's own clock, one for all nodes. Durations are handed in, {@link
 *       StoredAuthorization#storeTime()} and {@link #now()} come back.
 *   <li>The generation of an authorization starts at 1, and grows by one with {@link #saveTokens}, with a renewing {@link
 *       #connect}, and with {@link #disconnect}; with nothing else. Each new connection has a new id, never used before.
 *   <li>{@link #saveTokens} is a compare-and-set on id and generation <em>only</em>: neither the lease nor a
 *       re-authorization mark refuses it. Any other condition loses the only valid refresh token in some interleaving.
 *   <li>{@code false} means "not done, because the row has moved on"; the caller reads again. It is never an error.
 *   <li>What could not be carried out is a {@link StoreException}; the caller then does not know whether it was done. An
 *       implementation must not put a token, its own arguments or a driver's message into that exception.
 *   <li>Token columns hold what a {@link TokenCipher} made. A store neither reads nor shortens them; several thousand
 *       characters are normal. A {@code null}, as for an end of the refresh token that is not known, comes back as {@code
 *       null}; nothing is concluded from it.
 *   <li>The App Key of a row is written by {@link #connect} and {@link #saveTokens}, together with the tokens of that app, and
 *       by nothing else.
 *   <li>What lies within {@link ValueLimits} is stored exactly; anything else is stored exactly or refused with {@link
 *       StoreException.Kind#BAD_VALUE}, never changed.
 * </ol>
 */
public interface TokenStore {

    /**
     * Returns the name that ciphertexts of this store are bound to, for a database the table's name. It must stay the same for
     * as long as the data lives.
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
     * Reads the active authorization of a user; at most one statement.
     *
     * @param userId the host's user
     * @return the authorization, or empty when the user has none
     * @throws StoreException when the storage fails
     */
    Optional<StoredAuthorization> find(String userId);

    /**
     * Reads the active authorization that holds a shop; webhooks name shops, not users.
     *
     * @param shopId TikTok's id of the shop
     * @return the authorization, or empty when nobody holds the shop
     * @throws StoreException when the storage fails
     */
    Optional<StoredAuthorization> findByShop(String shopId);

    /**
     * Connects a user with a shop, or renews the connection when the same user holds the same shop already. A renewal replaces
     * App Key, tokens and the shop's facts, raises the generation, and clears lease, cool-down, failures, any mark, a requested
     * check and the last forced refresh; it keeps id and {@code createdAt}. Either way {@code authorizedAt} is now.
     *
     * @param authorization what to store
     * @return what happened; a conflict changes nothing
     * @throws StoreException when the storage fails
     */
    ConnectOutcome connect(NewAuthorization authorization);

    /**
     * Takes the lease that allows one node to refresh, if the row still has this generation, no other lease is running, no
     * cool-down is running (unless {@code ignoreCoolDown}), and there is neither a {@link Reauthorization.Type#HARD} mark nor a
     * {@link Reauthorization.Type#SOFT} one whose next try is still to come (unless {@code ignoreMark}). It is also the write
     * probe before a refresh token is spent.
     *
     * @param id the connection's id
     * @param generation the generation that was read
     * @param owner who takes it; unique to this attempt
     * @param duration how long it lasts on the storage's clock
     * @param ignoreCoolDown whether a running cool-down does not matter
     * @param ignoreMark whether a re-authorization mark does not matter
     * @return whether the lease was taken
     * @throws StoreException when the storage fails
     */
    boolean acquireLease(
            String id, long generation, String owner, Duration duration, boolean ignoreCoolDown, boolean ignoreMark);

    /**
     * Replaces App Key and all token values at once if id and generation match (rule 6), raises the generation, and clears
     * lease, cool-down, failures, refusals and a {@link Reauthorization.Type#HARD} or {@link Reauthorization.Type#SOFT} mark.
     * Facts of the shop, a {@link Reauthorization.Type#SHOP} mark and a requested check stay as they are.
     *
     * @param id the connection's id
     * @param generation the generation whose refresh token was spent
     * @param appKey the App Key of the app that the tokens belong to
     * @param tokens the new values
     * @param forced whether a person had asked for this refresh: then it becomes the last {@link ForcedRefresh}; otherwise that
     *     is cleared
     * @return whether they were saved; {@code false} when the connection moved on or ended
     * @throws StoreException when the storage fails
     */
    boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced);

    /**
     * Notes a failed refresh, starts a cool-down, and gives the lease back; all only if id and generation match and the
     * lease is still this owner's (taken over by nobody, run out or not). Tokens and generation stay as they are. {@link
     * RefreshFailure#outcomeUnknown()}, once noted, stays until the tokens are replaced. A {@link RefreshFailure#refusal()} is
     * counted, the first one with its time; if it was {@link RefreshFailure#forced()}, it becomes the last {@link
     * ForcedRefresh} with its code.
     *
     * @param id the connection's id
     * @param generation the generation that was read
     * @param owner who holds the lease
     * @param coolDown how long no node should try again, on the storage's clock
     * @param failure what happened
     * @return whether it was noted
     * @throws StoreException when the storage fails
     */
    boolean recordFailure(String id, long generation, String owner, Duration coolDown, RefreshFailure failure);

    /**
     * Marks that the seller must authorize again, and gives the lease back; under the conditions of {@link #recordFailure},
     * and noting the failure as that does, without a cool-down. Another mark is replaced. Tokens stay (the access token may
     * live on) and the generation stays. A {@link RefreshFailure#forced()} one becomes the last {@link ForcedRefresh}.
     *
     * @param id the connection's id
     * @param generation the generation that was read
     * @param owner who holds the lease
     * @param mark type, reason and next try
     * @param failure what TikTok answered
     * @return whether it was marked by this call
     * @throws StoreException when the storage fails
     */
    boolean requireReauthorization(
            String id, long generation, String owner, Reauthorization mark, RefreshFailure failure);

    /**
     * Replaces the facts of the shop, if id, generation and shop id match. The generation stays, so that a refresh in flight is
     * not refused.
     *
     * @param id the connection's id
     * @param generation the generation that was read
     * @param shop the same shop with its present facts
     * @return whether they were replaced
     * @throws StoreException when the storage fails
     */
    boolean saveShop(String id, long generation, StoredShop shop);

    /**
     * Requests that this connection be checked with TikTok: sets {@code checkRequestedAt} to now, later than any request before,
     * and lets the check begin at once. Generation, tokens and lease stay.
     *
     * @param id the connection's id
     * @return whether there is such an active connection
     * @throws StoreException when the storage fails
     */
    boolean requestCheck(String id);

    /**
     * Lets one node begin a requested check: if the request is still the same and {@code checkNotBefore} has passed, the latter
     * is set to a pause from now.
     *
     * @param id the connection's id
     * @param requestedAt the {@code checkRequestedAt} that was read
     * @param pause after how long another node may begin if this one does not finish, on the storage's clock
     * @return whether this caller may begin
     * @throws StoreException when the storage fails
     */
    boolean beginCheck(String id, Instant requestedAt, Duration pause);

    /**
     * Ends a requested check, if the request is still the same: clears it, and sets or removes the {@link
     * Reauthorization.Type#SHOP} mark. A mark of another kind stays as it is.
     *
     * @param id the connection's id
     * @param requestedAt the {@code checkRequestedAt} that was read
     * @param uncovered why the grant no longer covers the shop, 1 to 128 characters; {@code null} when it does
     * @return whether it was ended by this call; {@code false} when a later check was requested, or the connection was renewed
     *     or ended
     * @throws StoreException when the storage fails
     */
    boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered);

    /**
     * Replaces the two ciphertexts by others of the same tokens, if id and generation match. The generation stays, so that
     * a refresh in flight is not refused.
     *
     * @param id the connection's id
     * @param generation the generation that was read
     * @param accessToken the access token's new ciphertext
     * @param refreshToken the refresh token's new ciphertext
     * @return whether they were replaced
     * @throws StoreException when the storage fails
     */
    boolean reencrypt(String id, long generation, String accessToken, String refreshToken);

    /**
     * Ends the active authorization of a user: tokens are erased, the claim on user and shop is given up, the generation
     * is raised. The rest may be kept as history.
     *
     * @param userId the host's user
     * @return whether there was one
     * @throws StoreException when the storage fails
     */
    boolean disconnect(String userId);

    /**
     * Removes everything about a user, history included.
     *
     * @param userId the host's user
     * @return how many entries were removed
     * @throws StoreException when the storage fails
     */
    int erase(String userId);

    /**
     * Reads active authorizations in the order of their ids, one bounded page at a time.
     *
     * @param afterId the last id of the previous page; empty for the first page
     * @param limit how many at most, 1 or more
     * @return the page; shorter than {@code limit} when it is the last
     * @throws StoreException when the storage fails
     */
    List<StoredAuthorization> page(String afterId, int limit);

    /**
     * Reads active authorizations that are due for attention, of the given apps or without an App Key. An authorization is due when
     *
     * <ul>
     *   <li>its access token ends within the given time, it is in no cool-down and under no lease, and it has neither a {@link
     *       Reauthorization.Type#HARD} mark nor a {@link Reauthorization.Type#SOFT} one whose next try is still to come; or
     *   <li>a check was requested and may begin, and there is no {@link Reauthorization.Type#HARD} mark.
     * </ul>
     *
     * <p>It is due from the end of its access token, or, under a {@link Reauthorization.Type#SOFT} mark, from the next try; a
     * check that was requested earlier than that makes it due from then. The order is by that time and then by id, so that
     * paging is stable under writes.
     *
     * @param within how far to look ahead on the storage's clock
     * @param appKeys the App Keys of the apps that are configured here
     * @param after where the previous page ended; {@code null} for the first page
     * @param limit how many at most, 1 or more
     * @return the page; shorter than {@code limit} when it is the last
     * @throws StoreException when the storage fails
     */
    List<DueAuthorization> findDue(Duration within, Collection<String> appKeys, @Nullable DuePosition after, int limit);
}
