/** What happens when many callers want a token at once, or TikTok fails, with every contestant on the same work. */
@NullMarked
package io.github.tiktokauth.benchmarks.storms;

import org.jspecify.annotations.NullMarked;
