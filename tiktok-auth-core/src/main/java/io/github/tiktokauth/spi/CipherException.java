package io.github.tiktokauth.spi;

/** A ciphertext cannot be decrypted. The message holds neither plaintext nor ciphertext nor key. */
public final class CipherException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a ciphertext cannot be decrypted. */
    public enum Problem {
        /** The key that it was made with is not in the key ring; put it back. */
        UNKNOWN_KEY,
        /** It was changed, or copied from another place, or the key of that id is another one. */
        NOT_AUTHENTIC,
        /** It is not a ciphertext of this cipher. */
        MALFORMED
    }

    /** Why it cannot be decrypted. */
    private final Problem problem;

    /**
     * Creates an exception. The message must hold neither plaintext nor ciphertext nor key.
     *
     * @param problem why the ciphertext cannot be decrypted
     * @param message what is wrong and what to do
     */
    public CipherException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /**
     * Returns why the ciphertext cannot be decrypted.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }
}
