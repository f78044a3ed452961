package io.github.tiktokauth.simulator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Ids that look like TikTok's and are the same in every process, so that several JVMs can talk about one seller. */
final class DerivedIds {

    private static final BigInteger EIGHTEEN_DIGITS = BigInteger.TEN.pow(18);

    private DerivedIds() {}

    /** Nineteen digits that start with a 7, as TikTok's do. */
    static String longId(String kind, String seed) {
        BigInteger number = new BigInteger(1, hash(kind, seed)).mod(EIGHTEEN_DIGITS);
        return "7" + String.format("%018d", number);
    }

    static String text(String kind, String seed, int length) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(hash(kind, seed));
        return text.replace('-', 'A').replace('_', 'B').substring(0, length);
    }

    private static byte[] hash(String kind, String seed) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((kind + ":" + seed).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
