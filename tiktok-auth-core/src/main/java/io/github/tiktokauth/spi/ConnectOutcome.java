package io.github.tiktokauth.spi;

/** What {@link TokenStore#connect} did. */
public enum ConnectOutcome {
    /** A new connection was made. */
    CONNECTED,
    /** The same user held the same shop already; its tokens were replaced. */
    RENEWED,
    /** Another user holds the shop; nothing was changed. */
    SHOP_HELD_BY_ANOTHER_USER,
    /** The user holds another shop; nothing was changed. */
    USER_HOLDS_ANOTHER_SHOP
}
