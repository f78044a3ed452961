package io.github.tiktokauth;

import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.signing.RequestSigner;
import io.github.tiktokauth.signing.WebhookSignature;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one TikTok app, read from the environment or from a map with the same names. One exception reports all of them
 * that are missing or wrong, by name and never by value.
 *
 * <table class="striped">
 *   <caption>Settings</caption>
 *   <thead><tr><th>name</th><th>meaning</th></tr></thead>
 *   <tbody>
 *     <tr><td>{@code TIKTOK_CLIENT_ID}</td><td>the App Key; mandatory</td></tr>
 *     <tr><td>{@code TIKTOK_CLIENT_SECRET}</td><td>the App Secret; mandatory</td></tr>
 *     <tr><td>{@code TIKTOK_REDIRECT_URI}</td><td>the redirect URL registered in Partner Center; mandatory, although it is never
 *       sent: the host serves its callback there</td></tr>
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
 *     <tr><td>{@code TIKTOK_TOKEN_CACHE_SECONDS}</td><td>for how long a token may be handed out without reading the store;
 *       0 to 3600, 0 disables the cache; 30</td></tr>
 *   </tbody>
 * </table>
 */
public final class TikTokConfig {

    /** The default gateway, one host for all markets. */
    public static final String DEFAULT_BASE_URL = "https://open-api.tiktokglobalshop.com";

    /** The default consent page, for all markets but the US, whose is {@code https://services.us.tiktokshop.com/open/authorize}. */
    public static final String DEFAULT_AUTH_URL = "https://services.tiktokshop.com/open/authorize";

    /** The default version of the token endpoints. Paths of the gateway carry dated versions of their own. */
    public static final String DEFAULT_API_VERSION = "v2";

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

    private TikTokConfig(ConfigReader in) {
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
     * Reads the settings from the process's environment.
     *
     * @return the settings
     * @throws ConfigurationException naming everything that is missing or wrong
     */
    public static TikTokConfig fromEnvironment() {
        return fromMap(System.getenv());
    }

    /**
     * Reads the settings from a map with the names of the environment. Other names are ignored; blank values count as absent.
     *
     * @param settings the settings
     * @return the settings
     * @throws ConfigurationException naming everything that is missing or wrong
     */
    public static TikTokConfig fromMap(Map<String, String> settings) {
        return new TikTokConfig(new ConfigReader(settings));
    }

    /**
     * Returns the App Key.
     *
     * @return the {@code app_key} of every call
     */
    public String clientId() {
        return clientId;
    }

    /**
     * Returns the redirect URL registered in Partner Center; the host serves its callback there.
     *
     * @return an absolute URL
     */
    public URI redirectUri() {
        return redirectUri;
    }

    /**
     * Returns the base URL of the signed API gateway.
     *
     * @return an absolute URL, without a slash at its end
     */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * Returns for how long a token may be handed out without reading the store.
     *
     * @return the time; zero when the cache is disabled
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

    boolean isLegacyConsent() {
        return ConfigReader.isLegacyConsent(authUrl);
    }

    /**
     * Returns gateway and redirect URL, without secrets.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "TikTokConfig[gateway " + baseUrl + ", redirect " + redirectUri + "]";
    }
}
