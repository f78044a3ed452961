package io.github.tiktokauth;

import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.signing.RequestSigner;
import io.github.tiktokauth.signing.WebhookSignature;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one TikTok app, read from the environment or from a map with the same names. Whatever is missing or wrong is
 * reported at once, by name and never by value.
 *
 * <table class="striped">
 *   <caption>Settings</caption>
 *   <thead><tr><th>name</th><th>meaning</th></tr></thead>
 *   <tbody>
 *     <tr><td>{@code TIKTOK_CLIENT_ID}</td><td>the App Key; mandatory</td></tr>
 *     <tr><td>{@code TIKTOK_CLIENT_SECRET}</td><td>the App Secret; mandatory</td></tr>
 *     <tr><td>{@code TIKTOK_REDIRECT_URI}</td><td>the redirect URL registered in Partner Center; mandatory, though it is sent
 *       nowhere: the host mounts its callback there</td></tr>
 *     <tr><td>{@code TIKTOK_SERVICE_ID}</td><td>the service id of the consent page, 19 digits; mandatory unless the consent URL
 *       holds {@code service_id=} already or is of the legacy form {@code …/oauth/authorize}</td></tr>
 *     <tr><td>{@code TIKTOK_BASE_URL}</td><td>the signed API gateway; {@value #DEFAULT_BASE_URL}</td></tr>
 *     <tr><td>{@code TIKTOK_AUTH_URL}</td><td>the consent page; {@value #DEFAULT_AUTH_URL}</td></tr>
 *     <tr><td>{@code TIKTOK_TOKEN_URL}</td><td>the exchange; {@code https://auth.tiktok-shops.com/api/v2/token/get}</td></tr>
 *     <tr><td>{@code TIKTOK_REFRESH_URL}</td><td>the refresh; the token URL with its last segment {@code get} replaced by {@code
 *       refresh}</td></tr>
 *     <tr><td>{@code TIKTOK_API_VERSION}</td><td>the version in the default token URL; {@value #DEFAULT_API_VERSION}</td></tr>
 *     <tr><td>{@code TIKTOK_TOKEN_ENCRYPTION_KEYS}</td><td>{@code id:base64[,id:base64…]}, 32 bytes each, the first is active;
 *       mandatory unless the builder is given a cipher</td></tr>
 *     <tr><td>{@code TIKTOK_TOKEN_CACHE_SECONDS}</td><td>how long a token may be handed out without asking the store; 0 to 3600,
 *       0 switches the cache off; 30</td></tr>
 *   </tbody>
 * </table>
 */
public final class TikTokConfig {

    /** The gateway, one host for all markets. */
    public static final String DEFAULT_BASE_URL = "https://open-api.tiktokglobalshop.com";

    /** The consent page for all markets but the US, whose is {@code https://services.us.tiktokshop.com/open/authorize}. */
    public static final String DEFAULT_AUTH_URL = "https://services.tiktokshop.com/open/authorize";

    /** The version of the token endpoints. Paths of the gateway carry dated versions of their own. */
    public static final String DEFAULT_API_VERSION = "v2";

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|::1");

    private final String clientId;
    private final String clientSecret;
    private final URI redirectUri;
    private final @Nullable String serviceId;
    private final URI baseUrl;
    private final URI authUrl;
    private final URI tokenUrl;
    private final URI refreshUrl;
    private final @Nullable AesGcmCipher cipher;
    private final Duration cacheTtl;

    private TikTokConfig(Reader in) {
        clientId = in.mandatory("TIKTOK_CLIENT_ID", "the App Key from Partner Center");
        clientSecret = in.mandatory("TIKTOK_CLIENT_SECRET", "the App Secret from Partner Center");
        redirectUri = in.uriAsGiven("TIKTOK_REDIRECT_URI", null);
        baseUrl = in.uri("TIKTOK_BASE_URL", DEFAULT_BASE_URL);
        authUrl = in.uri("TIKTOK_AUTH_URL", DEFAULT_AUTH_URL);
        String version = in.optional("TIKTOK_API_VERSION").orElse(DEFAULT_API_VERSION);
        if (!version.matches("v\\d{1,3}")) {
            in.problem("TIKTOK_API_VERSION must be a letter v and a number, such as v2");
            version = DEFAULT_API_VERSION;
        }
        tokenUrl = in.uri("TIKTOK_TOKEN_URL", "https://auth.tiktok-shops.com/api/" + version + "/token/get");
        refreshUrl = in.uri("TIKTOK_REFRESH_URL", in.derivedRefreshUrl(tokenUrl));
        serviceId = in.optional("TIKTOK_SERVICE_ID").orElse(null);
        in.checkConsent(authUrl, serviceId);
        in.noQuery("TIKTOK_BASE_URL", baseUrl);
        in.noQuery("TIKTOK_TOKEN_URL", tokenUrl);
        in.noQuery("TIKTOK_REFRESH_URL", refreshUrl);
        cacheTtl = in.cacheSeconds();
        cipher = in.cipher();
        in.finish();
    }

    /**
     * Reads the process's environment.
     *
     * @return the settings
     * @throws ConfigurationException naming everything that is missing or wrong
     */
    public static TikTokConfig fromEnvironment() {
        return fromMap(System.getenv());
    }

    /**
     * Reads a map with the names of the environment. Other names in it are passed over; empty values count as absent.
     *
     * @param settings the settings
     * @return the settings
     * @throws ConfigurationException naming everything that is missing or wrong
     */
    public static TikTokConfig fromMap(Map<String, String> settings) {
        return new TikTokConfig(new Reader(settings));
    }

    /**
     * The App Key.
     *
     * @return {@code app_key} of every call
     */
    public String clientId() {
        return clientId;
    }

    /**
     * The redirect URL registered in Partner Center; the host mounts its callback there.
     *
     * @return an absolute URL
     */
    public URI redirectUri() {
        return redirectUri;
    }

    /**
     * The signed API gateway.
     *
     * @return an absolute URL, without a slash at its end
     */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * How long a token may be handed out without asking the store.
     *
     * @return zero when the cache is off
     */
    public Duration cacheTtl() {
        return cacheTtl;
    }

    String clientSecret() {
        return clientSecret;
    }

    @Nullable String serviceId() {
        return serviceId;
    }

    URI authUrl() {
        return authUrl;
    }

    boolean usesTls() {
        return Stream.of(baseUrl, tokenUrl, refreshUrl).anyMatch(url -> "https".equalsIgnoreCase(url.getScheme()));
    }

    URI tokenUrl() {
        return tokenUrl;
    }

    URI refreshUrl() {
        return refreshUrl;
    }

    @Nullable AesGcmCipher cipher() {
        return cipher;
    }

    RequestSigner signer() {
        return new RequestSigner(clientId, clientSecret);
    }

    WebhookSignature webhookSignature() {
        return new WebhookSignature(clientId, clientSecret);
    }

    static boolean isLegacyConsent(URI authUrl) {
        return authUrl.getPath().endsWith("/oauth/authorize");
    }

    static boolean holdsServiceId(URI authUrl) {
        String query = authUrl.getRawQuery();
        return query != null && ("&" + query).matches(".*&service_id=[^&]+.*");
    }

    /**
     * Without secrets.
     *
     * @return the App Key's settings by name
     */
    @Override
    public String toString() {
        return "TikTokConfig[gateway " + baseUrl + ", redirect " + redirectUri + "]";
    }

    /** Collects problems instead of stopping at the first. */
    private static final class Reader {

        private static final URI UNUSABLE = URI.create("https://unusable.invalid/get");

        private final Map<String, String> settings = new HashMap<>();
        private final List<String> problems = new ArrayList<>();

        Reader(Map<String, String> given) {
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
                        || (scheme.equals("http")
                                && LOOPBACK.matcher(uri.getHost()).matches())) {
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
                problem(
                        "TIKTOK_REFRESH_URL is missing: it can be derived only from a TIKTOK_TOKEN_URL that ends in /get");
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
    }
}
