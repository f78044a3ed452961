/**
 * For those who implement the storage interfaces: the contract suites {@link io.github.tiktokauth.testkit.TokenStoreContract}
 * and {@link io.github.tiktokauth.testkit.StateStoreContract}, and {@link io.github.tiktokauth.testkit.ManualClock}, a clock
 * that a test moves.
 *
 * <p>Unless a javadoc says otherwise no argument and no result is {@code null}, and everything public here is safe for use by
 * many threads.
 */
@NullMarked
package io.github.tiktokauth.testkit;

import org.jspecify.annotations.NullMarked;
