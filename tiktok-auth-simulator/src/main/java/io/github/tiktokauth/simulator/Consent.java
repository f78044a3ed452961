package io.github.tiktokauth.simulator;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a consent request must hold, and what goes back to the redirect URL. */
final class Consent {

    static final String LEGACY_PATH = "/oauth/authorize";

    private final SimulatorSettings settings;
    private final Authorizations authorizations;
    private final RequestLog counts;

    Consent(SimulatorSettings settings, Authorizations authorizations, RequestLog counts) {
        this.settings = settings;
        this.authorizations = authorizations;
        this.counts = counts;
    }

    /** Why the page cannot be shown, or null. */
    @Nullable String problem(String path, @Nullable Map<String, String> parameters) {
        if (parameters == null) {
            return "The link is malformed.";
        }
        if (path.equals(LEGACY_PATH)) {
            return settings.appKey().equals(parameters.get("app_key")) ? null : "The app does not exist.";
        }
        return settings.serviceId().equals(parameters.get("service_id")) ? null : "The service does not exist.";
    }

    /** The parameters of a consent link, checked as the page checks them. */
    Map<String, String> parameters(String authUrl, URI simulator) {
        URI uri = URI.create(authUrl);
        String query = uri.getRawQuery();
        Map<String, String> parameters = Request.parse(query == null ? "" : query);
        String problem = problem(uri.getRawPath(), parameters);
        boolean isConsentPage = simulator.getAuthority().equals(uri.getRawAuthority())
                && (uri.getRawPath().equals(SimulatorSettings.CONSENT_PATH)
                        || uri.getRawPath().equals(LEGACY_PATH));
        if (parameters == null || problem != null || !isConsentPage) {
            throw new IllegalArgumentException(
                    isConsentPage && problem != null ? problem : "This is not the simulator's consent page.");
        }
        return parameters;
    }

    SimulatedCallback allow(SimulatedSeller seller, @Nullable String state) {
        counts.count(RequestLog.Event.CONSENT);
        String code = authorizations.newCode(seller);
        String region = seller.shops().isEmpty()
                ? seller.region()
                : seller.shops().get(0).region();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("app_key", settings.appKey());
        query.put("code", code);
        query.put("locale", "en");
        if (region != null) {
            query.put("shop_region", region);
        }
        if (state != null) {
            query.put("state", state);
        }
        return new SimulatedCallback(redirect(query), code, state, null, region);
    }

    /** As TikTok documents it: the four letters null, an error, and no state. */
    SimulatedCallback deny() {
        counts.count(RequestLog.Event.DENIAL);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("code", "null");
        query.put("error", "auth_denied");
        return new SimulatedCallback(redirect(query), "null", null, "auth_denied", null);
    }

    private URI redirect(Map<String, String> query) {
        StringBuilder url = new StringBuilder(settings.redirectUri().toString());
        char separator = settings.redirectUri().getRawQuery() == null ? '?' : '&';
        for (Map.Entry<String, String> entry : query.entrySet()) {
            url.append(separator)
                    .append(entry.getKey())
                    .append('=')
                    .append(URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        return URI.create(url.toString());
    }
}
