/**
 * What the integrations of HTTP clients share: which requests are the gateway's, which carry the shop cipher, one call of one
 * user with at most one new token and one corrected timestamp, and the exception for calls that fail. It depends on no HTTP
 * client.
 */
@NullMarked
package io.github.tiktokauth.client;

import org.jspecify.annotations.NullMarked;
