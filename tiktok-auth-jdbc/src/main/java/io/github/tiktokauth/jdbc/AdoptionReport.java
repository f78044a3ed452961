package io.github.tiktokauth.jdbc;

import java.util.List;

/**
 * What {@link JdbcStores#adopt} did.
 *
 * @param adopted how many rows were brought over by this call
 * @param repaired how many of them had an ending that was missing or wrong and was put right
 * @param skipped which rows were not brought over, and why; in the order of their ids
 */
public record AdoptionReport(int adopted, int repaired, List<Skipped> skipped) {

    /**
     * Makes the list unmodifiable.
     *
     * @param adopted how many rows were brought over by this call
     * @param repaired how many of them had an ending that was missing or wrong and was put right
     * @param skipped which rows were not brought over, and why; in the order of their ids
     */
    public AdoptionReport {
        skipped = List.copyOf(skipped);
    }

    /**
     * A row that was not brought over.
     *
     * @param sourceId its id in the old table
     * @param reason why not
     */
    public record Skipped(String sourceId, Reason reason) {}

    /** Why a row was not brought over. */
    public enum Reason {
        /** An earlier call did. */
        ALREADY_ADOPTED,
        /** The old table says that it is disconnected. */
        DISCONNECTED,
        /** User id, shop id or one of the tokens is missing. */
        INCOMPLETE,
        /** A value does not fit into the new table: an id of more than 128 characters, for example. */
        BAD_VALUE,
        /** The user has connected a shop here already. */
        USER_CONNECTED_ALREADY,
        /** Another user has connected the shop here already. */
        SHOP_HELD_BY_ANOTHER_USER
    }
}
