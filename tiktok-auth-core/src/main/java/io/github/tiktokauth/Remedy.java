package io.github.tiktokauth;

/** The next step after an error of TikTok's; see {@link ErrorCode}. */
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
    PERMANENT
}
