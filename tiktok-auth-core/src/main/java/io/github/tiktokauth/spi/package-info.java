/**
 * What a host may implement: {@link io.github.tiktokauth.spi.TokenStore}, {@link io.github.tiktokauth.spi.StateStore},
 * {@link io.github.tiktokauth.spi.TokenCipher} and {@link io.github.tiktokauth.spi.ShopSelector}, and the values they
 * exchange with the library. Only JDK types appear here. Unless a javadoc says otherwise no argument and no result is
 * {@code null}, and every implementation is called by many threads at once.
 */
@NullMarked
package io.github.tiktokauth.spi;

import org.jspecify.annotations.NullMarked;
