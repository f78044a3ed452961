package io.github.tiktokauth;

import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.TokenCipher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
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

    private final Map<String, SecretKey> keys;
    private final String activeId;

    private AesGcmCipher(Map<String, SecretKey> keys) {
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
        Map<String, SecretKey> ring = new LinkedHashMap<>();
        for (String entry : keys.split(",", -1)) {
            int colon = entry.indexOf(':');
            String id = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (!id.matches(ID)) {
                throw new IllegalArgumentException(
                        "each entry must read id:base64, the id of 1 to 32 letters, digits, _ or -");
            }
            if (ring.put(id, key(id, entry.substring(colon + 1).strip())) != null) {
                throw new IllegalArgumentException("the key id " + id + " stands twice");
            }
        }
        return new AesGcmCipher(ring);
    }

    private static SecretKey key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key " + id + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key " + id + " has " + bytes.length + " bytes, not " + KEY_BYTES);
        }
        return new SecretKeySpec(bytes, "AES");
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
        byte[] sealed =
                run(Cipher.ENCRYPT_MODE, activeId, nonce, plaintext.getBytes(StandardCharsets.UTF_8), 0, context);
        byte[] body = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return FORMAT + "." + activeId + "." + base64(body);
    }

    @Override
    public String decrypt(String ciphertext, CipherContext context) {
        String id = keyId(ciphertext);
        byte[] body = bytes(ciphertext.substring(ciphertext.lastIndexOf('.') + 1));
        if (id.equals("?") || body.length < NONCE_BYTES + TAG_BITS / 8) {
            throw malformed();
        }
        if (!keys.containsKey(id)) {
            throw new CipherException(
                    CipherException.Kind.UNKNOWN_KEY,
                    "a stored value needs the encryption key " + id
                            + ", which is not in the key ring: put it back behind the active one");
        }
        return new String(run(Cipher.DECRYPT_MODE, id, body, body, NONCE_BYTES, context), StandardCharsets.UTF_8);
    }

    private static String base64(byte[] body) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(body);
    }

    /** The decoder takes several spellings of the same bytes; only the encoder's own is a ciphertext of ours. */
    private static byte[] bytes(String text) {
        try {
            byte[] body = Base64.getUrlDecoder().decode(text);
            if (base64(body).equals(text)) {
                return body;
            }
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        throw malformed();
    }

    private byte[] run(int mode, String id, byte[] nonce, byte[] input, int offset, CipherContext context) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, keys.get(id), new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
            cipher.updateAAD(associatedData(id, context));
            return cipher.doFinal(input, offset, input.length - offset);
        } catch (GeneralSecurityException e) {
            throw new CipherException(
                    CipherException.Kind.NOT_AUTHENTIC,
                    "a stored value does not decrypt with the key " + id
                            + ": it was changed, copied from another row, or that id names another key now");
        }
    }

    /** Each part goes in with its length before it, so that no two places give the same bytes. */
    private static byte[] associatedData(String id, CipherContext context) {
        StringBuilder text = new StringBuilder();
        for (String part : new String[] {FORMAT, id, context.table(), context.column(), context.row()}) {
            text.append(part.length()).append(':').append(part);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static CipherException malformed() {
        return new CipherException(
                CipherException.Kind.MALFORMED,
                "a stored value is not a ciphertext of this library: rows of another origin need the adoption call");
    }

    @Override
    public boolean isCurrent(String ciphertext) {
        return ciphertext.startsWith(FORMAT + "." + activeId + ".");
    }

    @Override
    public String keyId(String ciphertext) {
        String[] parts = ciphertext.split("\\.", -1);
        return parts.length == 3 && parts[0].equals(FORMAT) && parts[1].matches(ID) ? parts[1] : "?";
    }

    /**
     * Without the keys.
     *
     * @return the ids
     */
    @Override
    public String toString() {
        return "AesGcmCipher[active key " + activeId + ", " + keys.size() + " in the ring]";
    }
}
