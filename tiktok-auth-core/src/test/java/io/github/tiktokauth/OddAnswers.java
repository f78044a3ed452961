package io.github.tiktokauth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Token answers of code 0 that are good but for a field, and what becomes of each. */
final class OddAnswers {

    /** Which value is stored afterwards. */
    enum Kept {
        /** The answer's. */
        NEW,
        /** The one from before; none at an exchange. */
        OLD,
        /** None, or one that counts as ended. */
        NONE,
        /** An hour from now; only of ends. */
        HOUR
    }

    /** One answer; a field whose JSON is {@code null} is left out, and {@code %d} in it stands for the good end. */
    record Odd(Map<String, @Nullable String> fields, String code, Map<String, Kept> kept, List<String> named) {

        static Odd of(String field, @Nullable String json) {
            return new Odd(Collections.singletonMap(field, json), "0", Map.of(), List.of(field));
        }

        static Odd ofCode(String json) {
            return new Odd(Map.of(), json, Map.of(), List.of("code"));
        }

        Odd and(Odd other) {
            Map<String, @Nullable String> allFields = new LinkedHashMap<>(fields);
            allFields.putAll(other.fields);
            Map<String, Kept> allKept = new HashMap<>(kept);
            allKept.putAll(other.kept);
            List<String> allNamed = new ArrayList<>(named);
            allNamed.addAll(other.named);
            return new Odd(allFields, code.equals("0") ? other.code : code, allKept, allNamed);
        }

        Odd keeps(String field, Kept value) {
            Map<String, Kept> more = new HashMap<>(kept);
            more.put(field, value);
            return new Odd(fields, code, more, named);
        }

        Odd unnamed() {
            return new Odd(fields, code, kept, List.of());
        }

        Kept kept(String field) {
            return kept.getOrDefault(field, Kept.NEW);
        }

        /** The whole answer. */
        String json(int number, Instant accessEnd, Instant refreshEnd) {
            Map<String, @Nullable String> all = new LinkedHashMap<>();
            all.put("access_token", "\"ROW_access-" + number + "\"");
            all.put("access_token_expire_in", "%d");
            all.put("refresh_token", "\"ROW_refresh-" + number + "\"");
            all.put("refresh_token_expire_in", "%d");
            all.put("open_id", "\"open-" + number + "\"");
            all.put("seller_name", "\"Ravi\"");
            all.put("seller_base_region", "\"GB\"");
            all.put("user_type", "0");
            all.put("granted_scopes", "[\"scope." + number + "\",\"scope.b\"]");
            all.putAll(fields);
            List<String> parts = new ArrayList<>();
            all.forEach((field, json) -> {
                if (json != null) {
                    Instant end = field.startsWith("access") ? accessEnd : refreshEnd;
                    parts.add('"' + field + "\":" + json.replace("%d", Long.toString(end.getEpochSecond())));
                }
            });
            return "{\"code\":" + code + ",\"message\":\"Success\",\"data\":{" + String.join(",", parts) + "}}";
        }

        @Override
        public String toString() {
            String text = (code.equals("0") ? "" : "code=" + code + " ") + fields;
            return text.length() < 90 ? text : text.substring(0, 90) + "…";
        }
    }

    static final Odd GOOD = new Odd(Map.of(), "0", Map.of(), List.of());

    private OddAnswers() {}

    /** Every one that still holds a usable token. */
    static List<Odd> all() {
        List<Odd> all = new ArrayList<>();
        all.addAll(accessTokens());
        all.addAll(accessEnds());
        all.addAll(refreshTokens());
        all.addAll(refreshEnds());
        all.addAll(facts());
        all.add(Odd.ofCode("\"0\""));
        all.add(Odd.of("access_token_expire_in", "604800")
                .keeps("access_token_expire_in", Kept.HOUR)
                .and(Odd.of("refresh_token_expire_in", "31536000").keeps("refresh_token_expire_in", Kept.OLD))
                .and(Odd.of("open_id", "[]").keeps("open_id", Kept.OLD))
                .and(Odd.of("granted_scopes", "{}").keeps("granted_scopes", Kept.OLD))
                .and(Odd.of("user_type", "[0]")));
        return all;
    }

    private static List<Odd> accessTokens() {
        List<Odd> all = new ArrayList<>();
        for (String json : new String[] {
            null,
            "null",
            "17",
            "\"\"",
            "\"  \"",
            "true",
            "[\"ROW_access\"]",
            "{}",
            "\"ROW_\\u0007marked\"",
            "\"ROW marked\"",
            "\"marked\\ud800\"",
            "\"märked\""
        }) {
            all.add(Odd.of("access_token", json).keeps("access_token", Kept.NONE));
        }
        all.add(Odd.of("access_token", "null")
                .keeps("access_token", Kept.NONE)
                .and(Odd.of("access_token_expire_in", "604800")));
        return all;
    }

    private static List<Odd> accessEnds() {
        List<Odd> all = new ArrayList<>();
        for (String json : new String[] {
            null,
            "null",
            "604800",
            "\"604800\"",
            "0",
            "-1",
            "-1795867200",
            "999999999",
            "253402300800",
            "999999999999",
            "10000000000000",
            "9223372036854775807",
            "9223372036854775808",
            "1e9",
            "%d.0",
            "%d.5",
            "\"soon\"",
            "\"\"",
            "\" %d\"",
            "\"%d.0\"",
            "\"-%d\"",
            "true",
            "[]",
            "[%d]",
            "{}"
        }) {
            all.add(Odd.of("access_token_expire_in", json).keeps("access_token_expire_in", Kept.HOUR));
        }
        for (String json : List.of("\"%d\"", "%d000", "%d999", "\"%d000\"")) {
            all.add(Odd.of("access_token_expire_in", json).unnamed());
        }
        return all;
    }

    private static List<Odd> refreshTokens() {
        List<Odd> all = new ArrayList<>();
        for (String json : new String[] {
            "17", "\"\"", "\"  \"", "true", "[\"ROW_refresh\"]", "{}", "\"marked\\u0000\"", "\"marked\\ud800\""
        }) {
            all.add(Odd.of("refresh_token", json).keeps("refresh_token", Kept.OLD));
        }
        for (String json : new String[] {null, "null"}) {
            all.add(Odd.of("refresh_token", json)
                    .keeps("refresh_token", Kept.OLD)
                    .unnamed());
        }
        return all;
    }

    private static List<Odd> refreshEnds() {
        List<Odd> all = new ArrayList<>();
        for (String json : new String[] {
            null,
            "null",
            "31536000",
            "0",
            "-1",
            "253402300800",
            "9223372036854775808",
            "%d.0",
            "\"never\"",
            "\"\"",
            "false",
            "[%d]",
            "{}"
        }) {
            all.add(Odd.of("refresh_token_expire_in", json).keeps("refresh_token_expire_in", Kept.OLD));
        }
        for (String json : List.of("\"%d\"", "%d000", "\"%d000\"")) {
            all.add(Odd.of("refresh_token_expire_in", json).unnamed());
        }
        return all;
    }

    private static List<Odd> facts() {
        List<Odd> all = new ArrayList<>();
        for (String json : new String[] {
            "17",
            "true",
            "[]",
            "{\"id\":\"open\"}",
            '"' + "o".repeat(129) + '"',
            "\"open\\u0007\"",
            "\"open\\ud800\"",
            "\"open\\u0000\""
        }) {
            all.add(Odd.of("open_id", json).keeps("open_id", Kept.OLD));
        }
        for (String json : new String[] {
            "17",
            "\"scope.a scope.b\"",
            "{}",
            "[17]",
            "[[\"scope.a\"]]",
            "[\"scope.a\",null]",
            "[\"\\u0000\"]",
            "[\"scope.a\\n\"]",
            "[\"\\udc00\"]",
            "[\"" + "s".repeat(4001) + "\"]"
        }) {
            all.add(Odd.of("granted_scopes", json).keeps("granted_scopes", Kept.OLD));
        }
        for (String json : new String[] {"\"0\"", "\"seller\"", "4294967297", "0.5", "true", "[0]", "{}"}) {
            all.add(Odd.of("user_type", json));
        }
        for (String json : new String[] {"17", "[]", "\"\\u0000\\ud800\"", '"' + "x".repeat(100_000) + '"'}) {
            all.add(Odd.of("seller_name", json).unnamed());
            all.add(Odd.of("seller_base_region", json).unnamed());
        }
        return all;
    }
}
