package io.github.tiktokauth;

import io.github.tiktokauth.crypto.AesGcmCipher;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the settings of an app, and collects problems instead of stopping at the first. */
final class ConfigReader {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|::1");
    private static final URI UNUSABLE = URI.create("https://unusable.invalid/get");

    private final Map<String, String> settings = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    ConfigReader(Map<String, String> given) {
        given.forEach((name, value) -> {
            if (name != null && name.startsWith("TIKTOK_") && value != null && !value.isBlank()) {
                settings.put(name, value.strip());
            }
        });
    }

    void problem(String text) {
        problems.add(text);
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    String mandatory(String name, String meaning) {
        return optional(name).orElseGet(() -> {
            problem(name + " is missing: " + meaning);
            return "";
        });
    }

    /** Without a slash at the end; the redirect URL alone must stay as it is registered. */
    URI uri(String name, @Nullable String fallback) {
        URI uri = uriAsGiven(name, fallback);
        String text = uri.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }

    URI uriAsGiven(String name, @Nullable String fallback) {
        String text = optional(name).orElse(fallback == null ? "" : fallback);
        if (text.isEmpty()) {
            problem(name + " is missing: an absolute http or https URL");
            return UNUSABLE;
        }
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
                problem(name + " must be an absolute URL without user information and fragment");
            } else if (scheme.equals("https")
                    || (scheme.equals("http") && LOOPBACK.matcher(uri.getHost()).matches())) {
                return uri;
            } else {
                problem(name + " must be an https URL (http only on a loopback address)");
            }
        } catch (IllegalArgumentException e) {
            problem(name + " is not a URL");
        }
        return UNUSABLE;
    }

    void noQuery(String name, URI uri) {
        if (uri.getRawQuery() != null) {
            problem(name + " must not hold a query");
        }
    }

    @Nullable String derivedRefreshUrl(URI token) {
        if (settings.containsKey("TIKTOK_REFRESH_URL")) {
            return null;
        }
        String text = token.toString();
        if (!text.endsWith("/get")) {
            problem("TIKTOK_REFRESH_URL is missing: it can be derived only from a TIKTOK_TOKEN_URL that ends in /get");
            return UNUSABLE.toString();
        }
        return text.substring(0, text.length() - "get".length()) + "refresh";
    }

    void checkConsent(URI auth, @Nullable String service) {
        if (service != null && !service.matches("\\d{1,25}")) {
            problem("TIKTOK_SERVICE_ID must be the number that Partner Center shows as the service id"
                    + " (it is not the App Key)");
        }
        if (service == null && !holdsServiceId(auth) && !isLegacyConsent(auth)) {
            problem("TIKTOK_SERVICE_ID is missing: the service id from Partner Center (it is not the App Key),"
                    + " or a TIKTOK_AUTH_URL that holds service_id=");
        }
    }

    Duration cacheSeconds() {
        String text = optional("TIKTOK_TOKEN_CACHE_SECONDS").orElse("30");
        if (text.matches("\\d{1,4}") && Integer.parseInt(text) <= 3600) {
            return Duration.ofSeconds(Integer.parseInt(text));
        }
        problem("TIKTOK_TOKEN_CACHE_SECONDS must be a number from 0 to 3600");
        return Duration.ZERO;
    }

    @Nullable AesGcmCipher cipher() {
        String text = settings.get("TIKTOK_TOKEN_ENCRYPTION_KEYS");
        if (text == null) {
            return null;
        }
        try {
            return AesGcmCipher.ofKeys(text);
        } catch (IllegalArgumentException e) {
            problem("TIKTOK_TOKEN_ENCRYPTION_KEYS: " + e.getMessage());
            return null;
        }
    }

    void finish() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    static boolean isLegacyConsent(URI authUrl) {
        return authUrl.getPath().endsWith("/oauth/authorize");
    }

    private static boolean holdsServiceId(URI authUrl) {
        String query = authUrl.getRawQuery();
        return query != null && ("&" + query).matches(".*&service_id=[^&]+.*");
    }
}
