package io.github.tiktokauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Small things about text from outside. */
final class Text {

    private static final int LONGEST_USER_ID = 128;

    private Text() {}

    static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    /** Without secrets, line breaks, terminal codes and half characters, cut to a length. */
    static String printable(String text, int longest, Collection<String> secrets) {
        String clean = text;
        for (String secret : secrets) {
            if (!secret.isEmpty()) {
                clean = clean.replace(secret, "***");
            }
        }
        return cut(clean.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029]", " "), longest);
    }

    /** Never between the two halves of a character. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    static boolean sameHash(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
    }

    /** A user id is the host's own; one that no store can hold is a mistake in the host's code. */
    static String userId(@Nullable String userId) {
        if (userId == null || userId.isBlank() || userId.length() > LONGEST_USER_ID || !isStorable(userId)) {
            throw new IllegalArgumentException("userId must have 1 to " + LONGEST_USER_ID
                    + " characters, not be blank, and not contain control characters; take it from the host's session");
        }
        return userId;
    }

    /** No control characters (a null byte among them) and no half characters. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return isWhole(text);
    }

    /** No half characters. */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
