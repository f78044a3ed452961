/** Tables and pictures of what was measured. */
@NullMarked
package io.github.tiktokauth.benchmarks.report;

import org.jspecify.annotations.NullMarked;
