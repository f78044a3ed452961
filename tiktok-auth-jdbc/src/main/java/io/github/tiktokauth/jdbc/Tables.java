package io.github.tiktokauth.jdbc;

import java.util.regex.Pattern;

/**
 * The names of the tables, all made from that of the first. They are written unquoted, therefore in lower case only: so they
 * read the same on databases that fold to upper and to lower case.
 */
record Tables(String authorization) {

    static final String DEFAULT = "tiktok_shop_auth";

    /** Leaves room for the longest suffix of an index within PostgreSQL's 63 characters. */
    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    Tables {
        if (!VALID.matcher(authorization).matches()) {
            throw new IllegalArgumentException(
                    "a table name must have 1 to 40 lower-case letters, digits and underscores,"
                            + " and begin with a letter");
        }
    }

    String state() {
        return authorization + "_state";
    }

    String pending() {
        return authorization + "_pending";
    }

    String schema() {
        return authorization + "_schema";
    }

    /** The scripts are written for the default name, so that they can be run unchanged. */
    String inScript(String script) {
        return script.replace(DEFAULT, authorization);
    }
}
