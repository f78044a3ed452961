package io.github.tiktokauth.simulator;

/**
 * What happened since the start or since the counters were reset. Requests count when they arrive, whatever becomes of them.
 *
 * @param consents how often a seller allowed
 * @param denials how often a seller denied
 * @param exchanges requests to exchange a code
 * @param exchanged exchanges that gave tokens, the answer having been lost or not
 * @param refreshes requests to refresh
 * @param refreshed refreshes that gave tokens, the answer having been lost or not
 * @param reusedRefreshTokens how often a refresh token was presented after a rotation had replaced it
 * @param maxRefreshesInFlight the most refreshes that were under way at one time
 * @param maxRefreshesInFlightPerSeller the most refreshes of one seller that were under way at one time
 * @param shopLists requests for the shop list
 * @param productSearches requests for products
 * @param echoes requests to the echo
 * @param rejectedSignatures gateway requests whose {@code sign} was missing or wrong
 * @param unknownPaths requests for paths or methods that do not exist
 */
public record SimulatorCounters(
        int consents,
        int denials,
        int exchanges,
        int exchanged,
        int refreshes,
        int refreshed,
        int reusedRefreshTokens,
        int maxRefreshesInFlight,
        int maxRefreshesInFlightPerSeller,
        int shopLists,
        int productSearches,
        int echoes,
        int rejectedSignatures,
        int unknownPaths) {}
