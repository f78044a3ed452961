package io.github.tiktokauth.simulator;

/** What can be called, made to fail and counted. */
public enum SimulatedEndpoint {

    /** {@code GET /api/v2/token/get}: a code for tokens. */
    EXCHANGE,

    /** {@code GET /api/v2/token/refresh}. */
    REFRESH,

    /** {@code GET /authorization/202309/shops}. */
    SHOPS,

    /** {@code POST /product/202309/products/search}. */
    PRODUCTS,

    /**
     * Any method on {@code /echo/202309/…}: not part of TikTok. Checks the signature and the token as the other gateway paths do,
     * then returns what arrived.
     */
    ECHO
}
