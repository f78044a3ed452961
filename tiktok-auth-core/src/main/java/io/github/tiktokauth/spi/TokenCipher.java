package io.github.tiktokauth.spi;

/**
 * Encrypts what is stored. The library's own is AES-256-GCM; a host may put its key service here.
 *
 * <p>Ciphertexts are text of printable ASCII. The same plaintext gives another ciphertext each time. An implementation is
 * called by many threads at once, and must not log or throw what it is given.
 */
public interface TokenCipher {

    /**
     * Encrypts with the active key.
     *
     * @param plaintext any text, also an empty one
     * @param context the place that the ciphertext is bound to; it must be part of the authenticated data
     * @return the ciphertext
     */
    String encrypt(String plaintext, CipherContext context);

    /**
     * Decrypts.
     *
     * @param ciphertext what {@link #encrypt} made, now or earlier
     * @param context the place that the ciphertext is bound to
     * @return the plaintext
     * @throws CipherException when the key is unknown, or the ciphertext was changed or belongs to another place
     */
    String decrypt(String ciphertext, CipherContext context);

    /**
     * Returns whether a ciphertext was made with the active key in the present format; if not, the library writes it anew when it
     * next has a reason to.
     *
     * @param ciphertext what {@link #encrypt} made, now or earlier
     * @return whether it is as {@link #encrypt} would make it now
     */
    boolean isCurrent(String ciphertext);

    /**
     * Returns the id of the key that a ciphertext needs, for diagnosis.
     *
     * @param ciphertext what {@link #encrypt} made, now or earlier
     * @return the key's id, or {@code "?"} when it is not known
     */
    String keyId(String ciphertext);
}
