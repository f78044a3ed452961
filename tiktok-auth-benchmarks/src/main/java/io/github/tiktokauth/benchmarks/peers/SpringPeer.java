package io.github.tiktokauth.benchmarks.peers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.JdbcOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/** Spring Security's authorized-client manager, as its reference sets it up for use outside of a web request. */
public final class SpringPeer implements Peer {

    private static final String REGISTRATION = "tiktok";

    private final OAuth2AuthorizedClientService service;
    private final AuthorizedClientServiceOAuth2AuthorizedClientManager manager;
    private final ClientRegistration registration;

    private SpringPeer(
            ClientRegistration registration,
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientService service) {
        this.registration = registration;
        this.service = service;
        manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, service);
        manager.setAuthorizedClientProvider(
                OAuth2AuthorizedClientProviderBuilder.builder().refreshToken().build());
    }

    /**
     * Returns a contestant with the in-memory service.
     *
     * @param seeds who is connected
     * @param tokenUrl where it refreshes
     * @return the contestant
     */
    public static SpringPeer inMemory(List<Seed> seeds, String tokenUrl) {
        ClientRegistration registration = registration(tokenUrl);
        ClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(registration);
        return new SpringPeer(registration, registrations, new InMemoryOAuth2AuthorizedClientService(registrations))
                .with(seeds);
    }

    /**
     * Returns a contestant with the JDBC service, on a table that exists.
     *
     * @param dataSource where
     * @param tokenUrl where it refreshes
     * @return the contestant
     */
    public static SpringPeer jdbc(DataSource dataSource, String tokenUrl) {
        ClientRegistration registration = registration(tokenUrl);
        ClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(registration);
        return new SpringPeer(
                registration,
                registrations,
                new JdbcOAuth2AuthorizedClientService(new JdbcTemplate(dataSource), registrations));
    }

    /**
     * Creates the table, if it does not exist, with the script that Spring brings.
     *
     * @param dataSource where
     * @param postgres whether it is PostgreSQL, which has a script of its own
     */
    public static void createTable(DataSource dataSource, boolean postgres) {
        String name = "org/springframework/security/oauth2/client/oauth2-client-schema" + (postgres ? "-postgres" : "")
                + ".sql";
        ResourceDatabasePopulator script = new ResourceDatabasePopulator(new ClassPathResource(name));
        script.setContinueOnError(true);
        script.execute(dataSource);
    }

    /**
     * Stores connections as a login would.
     *
     * @param seeds who
     * @return this
     */
    public SpringPeer with(List<Seed> seeds) {
        for (Seed seed : seeds) {
            Instant issued = seed.expiresAt().minus(Duration.ofDays(7));
            service.saveAuthorizedClient(
                    new OAuth2AuthorizedClient(
                            registration,
                            seed.userId(),
                            new OAuth2AccessToken(
                                    OAuth2AccessToken.TokenType.BEARER, seed.accessToken(), issued, seed.expiresAt()),
                            new OAuth2RefreshToken(seed.refreshToken(), issued)),
                    new TestingAuthenticationToken(seed.userId(), null));
        }
        return this;
    }

    /**
     * Returns what is stored.
     *
     * @param userId whose
     * @return the refresh token; empty when the row is gone
     */
    public Optional<String> refreshToken(String userId) {
        OAuth2AuthorizedClient client = service.loadAuthorizedClient(REGISTRATION, userId);
        return Optional.ofNullable(client)
                .map(OAuth2AuthorizedClient::getRefreshToken)
                .map(OAuth2RefreshToken::getTokenValue);
    }

    /**
     * Ends a connection.
     *
     * @param userId whose
     */
    public void disconnect(String userId) {
        service.removeAuthorizedClient(REGISTRATION, userId);
    }

    @Override
    public String token(String userId) {
        OAuth2AuthorizedClient client = manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION)
                .principal(userId)
                .build());
        return Objects.requireNonNull(client, "there is no authorized client any more")
                .getAccessToken()
                .getTokenValue();
    }

    private static ClientRegistration registration(String tokenUrl) {
        return ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId("app-key")
                .clientSecret("app-secret")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("https://host.example/callback")
                .authorizationUri("https://host.example/authorize")
                .tokenUri(tokenUrl)
                .build();
    }
}
