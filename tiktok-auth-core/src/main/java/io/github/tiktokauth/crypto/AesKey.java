package io.github.tiktokauth.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * One key of a ring, and ciphers that are kept for their next use: to look a cipher up and to expand its key takes several times
 * as long as to decrypt a token. Each is in one thread's hands at a time; who finds none makes one.
 */
final class AesKey {

    private static final int PLACES = 16;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final AtomicReferenceArray<Cipher> spare = new AtomicReferenceArray<>(PLACES);

    AesKey(SecretKey key) {
        this.key = key;
    }

    byte[] run(int mode, byte[] nonce, int nonceLength, byte[] associated, byte[] input, int offset)
            throws GeneralSecurityException {
        int place = (int) Thread.currentThread().getId() & (PLACES - 1);
        Cipher kept = spare.getAndSet(place, null);
        Cipher cipher = kept == null ? Cipher.getInstance("AES/GCM/NoPadding") : kept;
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, nonceLength));
        cipher.updateAAD(associated);
        byte[] output = cipher.doFinal(input, offset, input.length - offset);
        // Not after a failure: what that leaves in a cipher is not worth knowing.
        spare.set(place, cipher);
        return output;
    }
}
