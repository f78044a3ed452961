package io.github.tiktokauth.spi;

import org.jspecify.annotations.Nullable;

/**
 * A store could not do what it was asked. The message names what failed and the remedy, and never holds a value that was
 * stored: drivers quote rows and arguments in theirs, so neither their messages nor they themselves go in.
 */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of remedy it takes. */
    public enum Kind {
        /** The storage does not answer, or not in time; trying later may help. */
        UNAVAILABLE,
        /** The storage refuses writes. */
        READ_ONLY,
        /** The table is missing, or is not as expected. */
        SCHEMA,
        /** A value does not fit into the storage. */
        BAD_VALUE,
        /** Anything else. */
        OTHER
    }

    /** The kind of remedy. */
    private final Kind kind;
    /** The SQLSTATE, if there is one. */
    private final @Nullable String sqlState;

    /**
     * Creates an exception. The message must hold neither a token, nor an argument, nor a driver's text.
     *
     * @param kind the kind of remedy
     * @param message what failed and what to do, free of stored values
     * @param sqlState the SQLSTATE, if there is one
     */
    public StoreException(Kind kind, String message, @Nullable String sqlState) {
        super(message);
        this.kind = kind;
        this.sqlState = sqlState;
    }

    /**
     * Returns the kind of remedy.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the SQLSTATE.
     *
     * @return the SQLSTATE, or {@code null} when the storage has none
     */
    public @Nullable String sqlState() {
        return sqlState;
    }
}
