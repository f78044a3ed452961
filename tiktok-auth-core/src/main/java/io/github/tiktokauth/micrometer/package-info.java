/** Meters of what happens to authorizations; needs {@code io.micrometer:micrometer-core}, which the host brings. */
@NullMarked
package io.github.tiktokauth.micrometer;

import org.jspecify.annotations.NullMarked;
