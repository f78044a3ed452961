/**
 * For tests: a simulator of TikTok Shop that refuses what TikTok would refuse, {@link
 * io.github.tiktokauth.testkit.TikTokSimulator}, and contract suites for those who implement the storage interfaces, {@link
 * io.github.tiktokauth.testkit.TokenStoreContract} and {@link io.github.tiktokauth.testkit.StateStoreContract}.
 *
 * <p>Unless a javadoc says otherwise no argument and no result is {@code null}, and everything public here is safe for use by
 * many threads.
 */
@NullMarked
package io.github.tiktokauth.testkit;

import org.jspecify.annotations.NullMarked;
