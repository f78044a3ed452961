/**
 * TikTok's signatures, of requests to the gateway and of webhooks: pure functions of JDK types, usable with any HTTP client.
 */
@NullMarked
package io.github.tiktokauth.signing;

import org.jspecify.annotations.NullMarked;
