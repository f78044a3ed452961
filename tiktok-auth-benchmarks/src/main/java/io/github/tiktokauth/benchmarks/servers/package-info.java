/** What the contestants work with: a PostgreSQL server, connection pools, and token hosts. */
@NullMarked
package io.github.tiktokauth.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
