/** What a token costs, compared with other libraries and with the least that is possible. Never published. */
@NullMarked
package io.github.tiktokauth.benchmarks;

import org.jspecify.annotations.NullMarked;
