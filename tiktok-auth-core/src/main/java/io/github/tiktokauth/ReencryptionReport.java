package io.github.tiktokauth;

import java.util.Optional;

/**
 * What a call of {@link Maintenance#reencrypt} did.
 *
 * @param read how many authorizations were looked at
 * @param rewritten how many were written anew with the active key
 * @param undecryptable how many no key of the ring decrypts; they are as they were
 * @param next where to go on; empty when all have been looked at
 */
public record ReencryptionReport(int read, int rewritten, int undecryptable, Optional<String> next) {}
