package io.github.tiktokauth.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A signed webhook, ready to be sent.
 *
 * @param body the JSON, to be sent as UTF-8 without any change
 * @param authorization the header {@code Authorization}: the bare signature
 */
public record SimulatedWebhook(String body, String authorization) {

    /**
     * Sends it, as TikTok would: {@code POST}, {@code application/json}, 3 seconds of patience. Of the answer only the status
     * is read. Sending it again is a repeat with the same notification id.
     *
     * @param url the host's webhook URL
     * @return the HTTP status of the answer
     * @throws java.io.UncheckedIOException when there is none
     */
    public int postTo(URI url) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(3))
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<InputStream> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending a webhook", e);
        }
    }

    /**
     * Returns the body, without the signature.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "SimulatedWebhook[" + body + "]";
    }
}
