package io.github.tiktokauth;

/** What a TikTok error asks for. Unknown codes never end a connection, and no code is judged by its prefix. */
enum Remedy {
    /** The authorization has ended; only the seller can give a new one. */
    REAUTHORIZE,
    /** The code is of no use; a new consent is needed. */
    NEW_CONSENT,
    /** App Key, secret, IP allow list or the like: an operator must act. */
    CONFIGURATION,
    /** Trying later may help. */
    TRANSIENT,
    /** Permanent for this call, and for nothing else. */
    PERMANENT;

    static Remedy of(TikTokError error) {
        return switch (Math.toIntExact(Math.max(0, Math.min(error.code(), Integer.MAX_VALUE)))) {
            case 36004001, 36004005 -> REAUTHORIZE;
            case 36004004 -> NEW_CONSENT;
            case 98001004, 36009033, 106001 -> CONFIGURATION;
            case 36009002, 36009003, 36009007 -> TRANSIENT;
            case 36009004 -> error.message().contains("app_key") ? CONFIGURATION : PERMANENT;
            default -> error.httpStatus() == 429 || error.httpStatus() >= 500 ? TRANSIENT : PERMANENT;
        };
    }
}
