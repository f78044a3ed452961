/**
 * A simulator of TikTok Shop for tests and demonstrations: {@link io.github.tiktokauth.simulator.TikTokSimulator} listens on a
 * port of this machine and refuses what TikTok would refuse. It needs the JDK and Jackson only, and shares no code with the
 * library that it judges, so any client of TikTok Shop can be tested against it.
 *
 * <p>Unless a javadoc says otherwise no argument and no result is {@code null}, and everything public here is safe for use by
 * many threads.
 */
@NullMarked
package io.github.tiktokauth.simulator;

import org.jspecify.annotations.NullMarked;
