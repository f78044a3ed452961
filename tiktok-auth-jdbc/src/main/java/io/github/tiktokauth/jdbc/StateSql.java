package io.github.tiktokauth.jdbc;

/**
 * The writes to the tables of states and of pending authorizations, for {@link Database#statement}. What was remembered once
 * lies in the table of states without an App Key, and with a blank as its user.
 */
final class StateSql {

    static final String INSERT = "INSERT INTO {state} (hash, user_id, app_key, binding_hash, host_state, scope,"
            + " created_at, expires_at)"
            + " VALUES (:hash, :user_id, :app_key, :binding_hash, :host_state, :scope, {now_micros}, {now+millis})";
    static final String ABOVE_CAP = "SELECT hash FROM {state} WHERE user_id = :user_id AND app_key IS NOT NULL"
            + " AND spent_at IS NULL AND expires_at > {scan} ORDER BY created_at DESC, hash LIMIT 1000 OFFSET :keep";
    // Spent also when it is too late: a clock that is set back shall not make good what was found to have run out.
    static final String SPEND = "UPDATE {state} SET spent_at = {now}, code_hash = :code_hash WHERE hash = :hash"
            + " AND user_id = :user_id AND app_key IS NOT NULL AND (binding_hash IS NULL OR binding_hash = :binding_hash)"
            + " AND spent_at IS NULL";
    static final String OUTCOME = "UPDATE {state} SET outcome = :outcome WHERE hash = :hash AND app_key IS NOT NULL"
            + " AND spent_at < expires_at AND outcome IS NULL";
    static final String REMEMBER = "INSERT INTO {state} (hash, user_id, created_at, expires_at)"
            + " VALUES (:hash, ' ', {now_micros}, {now+millis})";
    static final String REMEMBER_AGAIN = "UPDATE {state} SET user_id = ' ', app_key = NULL, binding_hash = NULL,"
            + " host_state = NULL, scope = NULL, created_at = {now_micros}, expires_at = {now+millis}, spent_at = NULL,"
            + " code_hash = NULL, outcome = NULL WHERE hash = :hash AND expires_at <= {now}";
    static final String IS_THERE = "SELECT 1 FROM {state} WHERE hash = :hash";
    static final String FORGET = "DELETE FROM {state} WHERE hash = :hash AND app_key IS NULL";
    static final String ERASE = "DELETE FROM {state} WHERE user_id = :user_id AND app_key IS NOT NULL";

    static final String INSERT_PENDING = "INSERT INTO {pending} (hash, user_id, app_key, binding_hash, payload,"
            + " obtained_at, expires_at)"
            + " VALUES (:hash, :user_id, :app_key, :binding_hash, :payload, :obtained_at, {now+millis})";
    static final String REMOVE_PENDING = "DELETE FROM {pending} WHERE hash = :hash AND expires_at > {now}";
    static final String ERASE_PENDING = "DELETE FROM {pending} WHERE user_id = :user_id";

    private StateSql() {}

    /** What is older than its lifetime, the oldest first. */
    static String ranOut(String table) {
        return "SELECT hash FROM " + table + " WHERE expires_at <= {scan} ORDER BY expires_at LIMIT :limit";
    }

    /** Only what still is as it was read: another node may have remembered it again. */
    static String delete(String table, String condition) {
        return "DELETE FROM " + table + " WHERE hash IN (<hashes>) AND " + condition;
    }
}
