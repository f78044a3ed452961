/**
 * Keeps authorizations and states in the host's own database: the tables {@code tiktok_shop_auth} and {@code
 * tiktok_shop_auth_state} on H2, PostgreSQL and MariaDB. The door is {@link io.github.tiktokauth.jdbc.JdbcStores}. Unless a
 * javadoc says otherwise no argument and no result is {@code null}, and everything public here is safe for use by many
 * threads.
 */
@NullMarked
package io.github.tiktokauth.jdbc;

import org.jspecify.annotations.NullMarked;
