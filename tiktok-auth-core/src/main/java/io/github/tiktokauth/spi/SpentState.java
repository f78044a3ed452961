package io.github.tiktokauth.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a state was spent.
 *
 * @param codeHash the SHA-256 of the authorization code that it was spent with, as 64 hexadecimal digits
 * @param spentAt when it was spent, on the storage's clock
 * @param outcome what {@link StateStore#recordOutcome} noted, or {@code null} as long as nothing was
 */
public record SpentState(
        String codeHash, Instant spentAt, @Nullable String outcome) {}
