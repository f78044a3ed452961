/**
 * Keeps authorizations and states in the host's own database: the table {@code tiktok_shop_auth} and those
 * whose names begin with it, on H2, PostgreSQL and MariaDB. Start with {@link io.github.tiktokauth.jdbc.JdbcStores}. Unless a
 * javadoc says otherwise no argument and no result is {@code null}, and everything public here is safe for use by many
 * threads.
 */
@NullMarked
package io.github.tiktokauth.jdbc;

import org.jspecify.annotations.NullMarked;
