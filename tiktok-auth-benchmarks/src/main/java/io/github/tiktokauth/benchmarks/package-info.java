/** What a token costs, beside the peers and beside the floor. Never published. */
@NullMarked
package io.github.tiktokauth.benchmarks;

import org.jspecify.annotations.NullMarked;
