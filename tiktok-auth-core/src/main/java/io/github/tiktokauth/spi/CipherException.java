package io.github.tiktokauth.spi;

/** A ciphertext cannot be decrypted. The message holds neither plaintext nor ciphertext nor key. */
public final class CipherException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Problem {
        /** The key that it was made with is not in the key ring; put it back. */
        UNKNOWN_KEY,
        /** It was changed, or stands elsewhere than it was made for, or the key of that id is another. */
        NOT_AUTHENTIC,
        /** It is not a ciphertext of this cipher. */
        MALFORMED
    }

    /** Why it cannot be decrypted. */
    private final Problem problem;

    /**
     * With nothing but what may be printed anywhere.
     *
     * @param problem why not
     * @param message what is wrong and what to do
     */
    public CipherException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /**
     * Why not.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }
}
