/** The contestants: ours, the peers and the floors, behind one interface. */
@NullMarked
package io.github.tiktokauth.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
