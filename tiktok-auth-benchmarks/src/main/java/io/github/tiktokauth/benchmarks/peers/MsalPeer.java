package io.github.tiktokauth.benchmarks.peers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.SilentParameters;
import java.net.MalformedURLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** MSAL4J's silent acquisition: its token cache is filled by its own format, and it looks there first. */
public final class MsalPeer implements Peer {

    private static final String HOST = "login.microsoftonline.com";
    /** The directory of all accounts. */
    public static final String TENANT = "11111111-2222-3333-4444-555555555555";
    /** What the tokens are for. */
    public static final String SCOPE = "seller.product.basic";

    private final ConfidentialClientApplication application;
    private final Map<String, IAccount> accounts = new ConcurrentHashMap<>();

    /**
     * Holds all users in one cache.
     *
     * @param seeds who is connected
     * @param http how it would refresh
     */
    public MsalPeer(List<Seed> seeds, IHttpClient http) {
        try {
            application = ConfidentialClientApplication.builder(
                            "app-key", ClientCredentialFactory.createFromSecret("app-secret"))
                    .authority("https://" + HOST + "/" + TENANT)
                    .instanceDiscovery(false)
                    .httpClient(http)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        application.tokenCache().deserialize(cache(seeds));
        application.getAccounts().join().forEach(account -> accounts.put(account.username(), account));
    }

    @Override
    public String token(String userId) {
        try {
            return application
                    .acquireTokenSilently(
                            SilentParameters.builder(Set.of(SCOPE), Objects.requireNonNull(accounts.get(userId)))
                                    .build())
                    .join()
                    .accessToken();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Removes an account from the token cache.
     *
     * @param userId whose
     */
    public void disconnect(String userId) {
        application.removeAccount(Objects.requireNonNull(accounts.get(userId))).join();
    }

    /**
     * Returns whether the token cache knows an account.
     *
     * @param userId whose
     * @return whether it does
     */
    public boolean isConnected(String userId) {
        return application.getAccounts().join().stream()
                .anyMatch(account -> account.username().equals(userId));
    }

    private static String cache(List<Seed> seeds) {
        ObjectNode cache = JsonMapper.builder().build().createObjectNode();
        for (Seed seed : seeds) {
            String home = seed.userId() + "." + TENANT;
            common(cache, "AccessToken", home + "-" + HOST + "-accesstoken-app-key-" + TENANT + "-" + SCOPE, home)
                    .put("credential_type", "AccessToken")
                    .put("client_id", "app-key")
                    .put("secret", seed.accessToken())
                    .put("target", SCOPE)
                    .put("cached_at", Long.toString(Instant.now().getEpochSecond()))
                    .put("expires_on", Long.toString(seed.expiresAt().getEpochSecond()))
                    .put("extended_expires_on", Long.toString(seed.expiresAt().getEpochSecond()));
            common(cache, "RefreshToken", home + "-" + HOST + "-refreshtoken-app-key--", home)
                    .put("credential_type", "RefreshToken")
                    .put("client_id", "app-key")
                    .put("secret", seed.refreshToken());
            common(cache, "Account", home + "-" + HOST + "-" + TENANT, home)
                    .put("local_account_id", seed.userId())
                    .put("username", seed.userId())
                    .put("authority_type", "MSSTS");
        }
        return cache.toString();
    }

    private static ObjectNode common(ObjectNode cache, String section, String key, String home) {
        return cache.withObjectProperty(section)
                .putObject(key)
                .put("home_account_id", home)
                .put("environment", HOST)
                .put("realm", TENANT);
    }
}
