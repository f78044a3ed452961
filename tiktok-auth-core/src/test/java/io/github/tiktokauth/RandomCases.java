package io.github.tiktokauth;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Runs a test on thousands of random values. All of them follow from one seed, which a failure names. */
public final class RandomCases {

    private static final String SEED = "tests.seed";

    /** Where encodings change their length, and what URLs, forms and JSON treat in a way of their own. */
    private static final int[] SPECIAL =
            ("+/=&%?#;:@ '\"~*!$(),.[]{}<>|\\^`-_\u0000\t\r\n\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFEFF\uFF5E\uFFFF"
                            + "\uD800\uDC00\uD83D\uDE00\uDBFF\uDFFF")
                    .codePoints()
                    .toArray();

    private final Random random;

    private RandomCases(long seed) {
        random = new Random(seed);
    }

    /** A test of one case. */
    public interface Case {
        void run(RandomCases values) throws Exception;
    }

    /** The same cases again with {@code -Dtests.seed=…}; otherwise others at every run. */
    public static void run(int cases, Case test) {
        long seed = Long.getLong(SEED, new SecureRandom().nextLong());
        RandomCases values = new RandomCases(seed);
        for (int i = 1; i <= cases; i++) {
            try {
                test.run(values);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("case " + i + " of " + cases + " fails; again with -D" + SEED + "=" + seed, e);
            }
        }
    }

    /** From {@code least} to {@code most}, the two oftener than what lies between. */
    public long number(long least, long most) {
        return switch (random.nextInt(10)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + (long) (random.nextDouble() * (most - least + 1));
        };
    }

    @SafeVarargs
    public final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    public boolean isHeads() {
        return random.nextBoolean();
    }

    /** Any characters but halves of one. */
    public String text(int longest) {
        StringBuilder text = new StringBuilder();
        for (long length = number(0, longest); length > 0; length--) {
            text.appendCodePoint(codePoint());
        }
        return text.toString();
    }

    private int codePoint() {
        return switch (random.nextInt(4)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> random.nextInt(0x80);
            case 2 -> random.nextInt(Character.MIN_SURROGATE);
            default -> Character.MAX_SURROGATE + 1 + random.nextInt(Character.MAX_CODE_POINT - Character.MAX_SURROGATE);
        };
    }

    public String ascii(int shortest, int longest) {
        StringBuilder text = new StringBuilder();
        for (long length = number(shortest, longest); length > 0; length--) {
            text.append((char) number(0, 0x7F));
        }
        return text.toString();
    }

    public byte[] bytes(int fewest, int most) {
        byte[] bytes = new byte[(int) number(fewest, most)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) number(Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
        return bytes;
    }

    public <K, V> Map<K, V> map(int most, Supplier<K> key, Supplier<V> value) {
        Map<K, V> map = new HashMap<>();
        for (long size = number(0, most); size > 0; size--) {
            map.put(key.get(), value.get());
        }
        return map;
    }
}
