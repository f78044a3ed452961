/**
 * Calls to TikTok's gateway with OkHttp: from a user's connection to a client whose calls carry token and signature. The entry
 * is {@link io.github.tiktokauth.okhttp.TikTokShopClient}.
 */
@NullMarked
package io.github.tiktokauth.okhttp;

import org.jspecify.annotations.NullMarked;
