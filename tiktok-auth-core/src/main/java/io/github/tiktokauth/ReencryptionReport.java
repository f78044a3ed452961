package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * What a call of {@link Maintenance#reencrypt} did.
 *
 * @param read how many authorizations were read
 * @param rewritten how many were encrypted again with the active key
 * @param undecryptable how many no key of the key ring decrypts; they were left unchanged
 * @param next where to continue; {@code null} when all have been read
 */
public record ReencryptionReport(
        int read,
        int rewritten,
        int undecryptable,
        @Nullable String next) {}
