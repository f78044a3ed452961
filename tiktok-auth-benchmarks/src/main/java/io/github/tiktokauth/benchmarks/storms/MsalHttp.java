package io.github.tiktokauth.benchmarks.storms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.github.tiktokauth.benchmarks.peers.MsalPeer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Takes MSAL4J's token requests to another host, and adds to its answers what Microsoft's host says of an account. */
final class MsalHttp implements IHttpClient {

    private record Answer(int statusCode, Map<String, List<String>> headers, String body) implements IHttpResponse {}

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI tokenUrl;

    MsalHttp(String tokenUrl) {
        this.tokenUrl = URI.create(tokenUrl);
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                java.net.http.HttpRequest.newBuilder(tokenUrl)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(request.body()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                Map.of("Content-Type", List.of("application/json")),
                response.statusCode() == 200 ? withAccount(response.body()) : response.body());
    }

    private static String withAccount(String body) throws IOException {
        JsonNode answer = JSON.readTree(body);
        String user = answer.path("user").asText();
        ObjectNode client = JSON.createObjectNode().put("uid", user).put("utid", MsalPeer.TENANT);
        ObjectNode token = JSON.createObjectNode()
                .put("oid", user)
                .put("sub", user)
                .put("tid", MsalPeer.TENANT)
                .put("preferred_username", user);
        return ((ObjectNode) answer)
                .put("scope", MsalPeer.SCOPE)
                .put("client_info", encoded(client))
                .put("id_token", encoded(JSON.createObjectNode().put("alg", "none")) + "." + encoded(token) + ".c2ln")
                .toString();
    }

    private static String encoded(ObjectNode node) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
    }
}
