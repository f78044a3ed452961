package io.github.tiktokauth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings are missing or wrong. Next step: fix them. Values are never quoted, names are. */
public final class ConfigurationException extends TikTokAuthException {

    private static final long serialVersionUID = 1L;

    /** What is missing or wrong. */
    private final String[] problems;

    ConfigurationException(List<String> problems) {
        this(problems, null);
    }

    ConfigurationException(List<String> problems, @Nullable TikTokError error) {
        super(String.join("; ", problems), error, null);
        this.problems = problems.toArray(String[]::new);
    }

    /**
     * Everything that is missing or wrong, one entry each.
     *
     * @return at least one
     */
    public List<String> problems() {
        return List.of(problems);
    }
}
