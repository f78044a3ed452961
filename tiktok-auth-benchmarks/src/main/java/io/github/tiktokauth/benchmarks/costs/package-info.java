/** What the library costs besides a call's time: jars, start, memory, growth of the table, virtual threads. */
@NullMarked
package io.github.tiktokauth.benchmarks.costs;

import org.jspecify.annotations.NullMarked;
