/**
 * Stores in this JVM's memory, for development, tests and hosts of one node that can do without what is stored: {@link
 * io.github.tiktokauth.memory.InMemoryTokenStore} and {@link io.github.tiktokauth.memory.InMemoryStateStore}.
 */
@NullMarked
package io.github.tiktokauth.memory;

import org.jspecify.annotations.NullMarked;
