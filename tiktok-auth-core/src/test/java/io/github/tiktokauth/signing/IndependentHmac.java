package io.github.tiktokauth.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** HMAC-SHA256 as RFC 2104 defines it, on the digest alone, so that nothing is shared with the code under test. */
final class IndependentHmac {

    private static final int BLOCK = 64;

    private IndependentHmac() {}

    static String hex(String key, String message) {
        return hex(key, message.getBytes(StandardCharsets.UTF_8));
    }

    static String hex(String key, byte[] message) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(bytes.length > BLOCK ? sha256(bytes) : bytes, BLOCK);
        byte[] inner = sha256(join(xor(block, 0x36), message));
        StringBuilder hex = new StringBuilder();
        for (byte b : sha256(join(xor(block, 0x5c), inner))) {
            hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return hex.toString();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] xor(byte[] block, int pad) {
        byte[] result = block.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= (byte) pad;
        }
        return result;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
