/** What one call costs, measured by JMH. */
@NullMarked
package io.github.tiktokauth.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
