/** Encrypts stored tokens with AES-256-GCM: {@link io.github.tiktokauth.crypto.AesGcmCipher}. */
@NullMarked
package io.github.tiktokauth.crypto;

import org.jspecify.annotations.NullMarked;
