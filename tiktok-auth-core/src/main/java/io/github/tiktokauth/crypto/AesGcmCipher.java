package io.github.tiktokauth.crypto;

import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.TokenCipher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a ring of keys, from the JDK alone. A ciphertext reads {@code v1.<key id>.<base64url of nonce and
 * data>}; the associated data are format, key id, table, column and row, so that a ciphertext copied elsewhere does not
 * decrypt.
 *
 * <p>To change keys, put a new one in front and keep the old ones: rows are written anew with the active key as they are
 * written anyway.
 */
public final class AesGcmCipher implements TokenCipher {

    private static final String FORMAT = "v1";
    private static final String ID = "[A-Za-z0-9_-]{1,32}";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, AesKey> keys;
    private final String activeId;

    private AesGcmCipher(Map<String, AesKey> keys) {
        this.keys = keys;
        this.activeId = keys.keySet().iterator().next();
    }

    /**
     * Reads a key ring.
     *
     * @param keys {@code id:base64[,id:base64…]}, 32 bytes each, the first is active; an id has 1 to 32 letters, digits,
     *     {@code _} or {@code -}
     * @return the cipher
     * @throws IllegalArgumentException when the text is not of that form; the message quotes ids at most
     */
    public static AesGcmCipher ofKeys(String keys) {
        Map<String, AesKey> ring = new LinkedHashMap<>();
        for (String entry : keys.split(",", -1)) {
            int colon = entry.indexOf(':');
            String id = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (!id.matches(ID)) {
                throw new IllegalArgumentException(
                        "each entry must read id:base64, the id of 1 to 32 letters, digits, _ or -");
            }
            if (ring.put(id, key(id, entry.substring(colon + 1).strip())) != null) {
                throw new IllegalArgumentException("duplicate key id '" + id + "'");
            }
        }
        return new AesGcmCipher(ring);
    }

    private static AesKey key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key " + id + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key " + id + " has " + bytes.length + " bytes, not " + KEY_BYTES);
        }
        return new AesKey(new SecretKeySpec(bytes, "AES"));
    }

    /**
     * Makes a ring of one new random key, as {@link #ofKeys} reads it. Keep it: what is encrypted with a lost key is lost.
     *
     * @param id the key's id
     * @return {@code id:base64}; a secret
     */
    public static String generateKey(String id) {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        String ring = id + ":" + Base64.getEncoder().encodeToString(bytes);
        ofKeys(ring);
        return ring;
    }

    @Override
    public String encrypt(String plaintext, CipherContext context) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(
                Cipher.ENCRYPT_MODE,
                activeId,
                Objects.requireNonNull(keys.get(activeId)),
                nonce,
                plaintext.getBytes(StandardCharsets.UTF_8),
                0,
                context);
        byte[] body = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return FORMAT + "." + activeId + "." + base64(body);
    }

    @Override
    public String decrypt(String ciphertext, CipherContext context) {
        int end = endOfId(ciphertext);
        String id = end < 0 ? "" : ciphertext.substring(FORMAT.length() + 1, end);
        AesKey key = keys.get(id);
        if (key == null && !id.matches(ID)) {
            throw malformed();
        }
        byte[] body = bytes(ciphertext.substring(end + 1));
        if (body.length < NONCE_BYTES + TAG_BITS / 8) {
            throw malformed();
        }
        if (key == null) {
            throw new CipherException(
                    CipherException.Problem.UNKNOWN_KEY,
                    "a stored value needs the encryption key " + id
                            + ", which is not in the key ring: put it back behind the active one");
        }
        byte[] plain = run(Cipher.DECRYPT_MODE, id, key, body, body, NONCE_BYTES, context);
        return new String(plain, StandardCharsets.UTF_8);
    }

    /** Where the second dot is; negative when this is no ciphertext of ours. */
    private static int endOfId(String ciphertext) {
        return ciphertext.startsWith(FORMAT + ".") ? ciphertext.indexOf('.', FORMAT.length() + 1) : -1;
    }

    private static String base64(byte[] body) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(body);
    }

    /**
     * The decoder takes several spellings of the same bytes; only the encoder's own is a ciphertext of ours. They differ in
     * padding and in what the last characters hold beyond the last byte.
     */
    private static byte[] bytes(String text) {
        byte[] body;
        try {
            body = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        int over = body.length % 3;
        String end = base64(Arrays.copyOfRange(body, body.length - over, body.length));
        if (text.length() != (body.length * 4 + 2) / 3 || !text.endsWith(end)) {
            throw malformed();
        }
        return body;
    }

    private static byte[] run(
            int mode, String id, AesKey key, byte[] nonce, byte[] input, int offset, CipherContext context) {
        try {
            return key.run(mode, nonce, NONCE_BYTES, associatedData(id, context), input, offset);
        } catch (GeneralSecurityException e) {
            throw new CipherException(
                    CipherException.Problem.NOT_AUTHENTIC,
                    "a stored value does not decrypt with the key " + id
                            + ": it was changed, copied from another row, or that id names another key now");
        }
    }

    /** Each part goes in with its length before it, so that no two places give the same bytes. */
    private static byte[] associatedData(String id, CipherContext context) {
        StringBuilder text = new StringBuilder();
        append(text, FORMAT);
        append(text, id);
        append(text, context.table());
        append(text, context.column());
        append(text, context.row());
        String appKey = context.appKey();
        if (appKey != null) {
            append(text, appKey);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }

    private static CipherException malformed() {
        return new CipherException(
                CipherException.Problem.MALFORMED,
                "a stored value is not a ciphertext of this library: rows of another origin need the adoption call");
    }

    @Override
    public boolean isCurrent(String ciphertext) {
        return ciphertext.startsWith(FORMAT + "." + activeId + ".");
    }

    @Override
    public String keyId(String ciphertext) {
        int end = endOfId(ciphertext);
        String id = end < 0 ? "" : ciphertext.substring(FORMAT.length() + 1, end);
        return id.matches(ID) && ciphertext.indexOf('.', end + 1) < 0 ? id : "?";
    }

    /**
     * Returns the id of the active key and the number of keys, without the keys.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "AesGcmCipher[active key " + activeId + ", " + keys.size() + " in the ring]";
    }
}
