/**
 * The entry point, {@link io.github.tiktokauth.TikTokAuth}, with its values and exceptions. Unless a javadoc says otherwise no
 * argument and no result is {@code null}, and everything public here is safe for use by many threads.
 *
 * <p>The protocol facts in these pages come from TikTok Shop's public documentation and public client code as of November
 * 2026.
 */
@NullMarked
package io.github.tiktokauth;

import org.jspecify.annotations.NullMarked;
