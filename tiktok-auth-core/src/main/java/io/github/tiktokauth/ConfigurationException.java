package io.github.tiktokauth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings are missing or wrong. Next step: fix them. Values are never quoted, names are. */
public final class ConfigurationException extends TikTokAuthException {

    private static final long serialVersionUID = 1L;

    /** What is missing or wrong. */
    private final String[] problems;

    /**
     * Creates an exception; for a host's tests.
     *
     * @param problems what is missing or wrong, at least one, by name and never by value
     */
    public ConfigurationException(List<String> problems) {
        this(problems, null);
    }

    ConfigurationException(List<String> problems, @Nullable TikTokError error) {
        super(String.join("; ", problems), error, null);
        this.problems = problems.toArray(String[]::new);
    }

    /**
     * Returns everything that is missing or wrong, one entry each.
     *
     * @return at least one entry
     */
    public List<String> problems() {
        return List.of(problems);
    }
}
