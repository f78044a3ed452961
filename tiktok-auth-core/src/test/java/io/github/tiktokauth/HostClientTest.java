package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** The host's own HTTP client, with all that a host may have put into it. */
class HostClientTest {

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private final Interceptor logging = chain -> {
        seen.add(chain.request().url().toString());
        okhttp3.Response response = chain.proceed(chain.request());
        return response.isSuccessful() ? response : chain.proceed(chain.request());
    };

    private final EventListener listening = new EventListener() {
        @Override
        public void callStart(Call call) {
            seen.add(call.request().url().toString());
        }
    };

    private OkHttpClient.Builder curious() {
        Authenticator authenticator = (route, response) -> response.request()
                .newBuilder()
                .header("Authorization", "Basic x")
                .build();
        return new OkHttpClient.Builder()
                .addInterceptor(logging)
                .addNetworkInterceptor(logging)
                .eventListener(listening)
                .authenticator(authenticator)
                .proxyAuthenticator(authenticator)
                .retryOnConnectionFailure(true)
                .followRedirects(true)
                .callTimeout(Duration.ofHours(1))
                .cookieJar(new CookieJar() {
                    @Override
                    public List<Cookie> loadForRequest(HttpUrl url) {
                        seen.add(url.toString());
                        return List.of(Cookie.parse(url, "session=the-cookie"));
                    }

                    @Override
                    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
                        seen.add(url.toString());
                    }
                });
    }

    @Test
    void itsInterceptorsListenersAndCookiesNeverSeeTheUrl() throws Exception {
        server.enqueue(
                HttpWorld.tokens().newBuilder().addHeader("Set-Cookie", "a=b").build());
        server.enqueue(HttpWorld.tokens());
        server.enqueue(HttpWorld.json(HttpWorld.SHOPS).build());
        try (HttpTikTokApi api = HttpWorld.api(server, curious().build(), Duration.ofSeconds(10))) {
            api.exchange("c");
            api.refresh("r");
            api.shops("t");
        }
        assertThat(seen).isEmpty();
        assertThat(HttpWorld.received(server))
                .allSatisfy(
                        request -> assertThat(request.getHeaders().names()).doesNotContain("Cookie", "Authorization"));
    }

    @Test
    void itsRetriesRedirectsAndAuthenticatorsSendNothingAgain() {
        List<MockResponse> temptations = new ArrayList<>(OneRequestTest.temptations());
        temptations.add(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "/elsewhere")
                .build());
        try (HttpTikTokApi api = HttpWorld.api(server, curious().build(), Duration.ofSeconds(10))) {
            for (MockResponse temptation : temptations) {
                int before = server.getRequestCount();
                server.enqueue(temptation);
                HttpWorld.failure(() -> api.refresh("r"));
                assertThat(server.getRequestCount() - before)
                        .as(temptation.toString())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void itsOwnConnectionsAreNotUsedBecauseTheyMayBeStale() throws Exception {
        OkHttpClient hosts = new OkHttpClient();
        server.enqueue(new MockResponse.Builder()
                .body("kept open, then closed")
                .onResponseEnd(new SocketEffect.CloseSocket())
                .build());
        try (okhttp3.Response response = hosts.newCall(
                        new Request.Builder().url(server.url("/own")).build())
                .execute()) {
            assertThat(response.body().string()).startsWith("kept");
        }
        server.enqueue(HttpWorld.tokens());
        try (HttpTikTokApi api = HttpWorld.api(server, hosts, Duration.ofSeconds(10))) {
            assertThat(api.refresh("r").accessToken()).isEqualTo("ROW_access");
        }
    }

    @Test
    void itsNameResolutionIsUsed() throws Exception {
        server.enqueue(HttpWorld.tokens());
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        OkHttpClient hosts = new OkHttpClient.Builder()
                .dns(name -> {
                    names.add(name);
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .build();
        try (HttpTikTokApi api = HttpWorld.api(server, hosts, Duration.ofSeconds(10))) {
            api.refresh("r");
        }
        assertThat(names).containsExactly(server.getHostName());
    }

    @Test
    void aNameThatResolvesToNothingIsNotALostAnswer() {
        Dns none = name -> {
            throw new UnknownHostException(name);
        };
        OkHttpClient hosts = new OkHttpClient.Builder().dns(none).build();
        try (HttpTikTokApi api = HttpWorld.api(server, hosts, Duration.ofSeconds(10))) {
            assertThat(HttpWorld.failure(() -> api.refresh("r")).stage()).isEqualTo(CallFailure.Stage.NOT_SENT);
        }
    }

    @Test
    void itIsNeitherChangedNorClosed() throws Exception {
        OkHttpClient hosts = curious().build();
        HttpWorld.api(server, hosts, Duration.ofSeconds(10)).close();
        assertThat(hosts.interceptors()).containsExactly(logging);
        assertThat(hosts.dispatcher().executorService().isShutdown()).isFalse();
        server.enqueue(new MockResponse.Builder().body("still works").build());
        try (okhttp3.Response response = hosts.newCall(
                        new Request.Builder().url(server.url("/own")).build())
                .execute()) {
            assertThat(response.body().string()).isEqualTo("still works");
        }
        assertThat(HttpWorld.received(server))
                .extracting(RecordedRequest::getTarget)
                .containsExactly("/own");
    }
}
