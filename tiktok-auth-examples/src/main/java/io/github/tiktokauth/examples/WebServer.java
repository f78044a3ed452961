package io.github.tiktokauth.examples;

import io.github.tiktokauth.TikTokAuth;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Jetty, bound before it serves: the redirect URI names the port. */
final class WebServer {

    private static final int THREADS = 64;
    private static final int SESSION_SECONDS = 8 * 60 * 60;
    private static final long IDLE_MILLIS = 30_000;
    private static final int HEADER_BYTES = 16 * 1024;

    private final Server server;
    private final ServerConnector connector;

    private WebServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static WebServer bind(String host, int port) {
        Server server = new Server(new QueuedThreadPool(THREADS));
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.setErrorHandler(new PlainErrors());
        try {
            connector.open();
        } catch (IOException e) {
            throw new SetupException("cannot listen on " + host + ":" + port
                    + ": it is in use or not of this machine; set HOST and PORT");
        }
        return new WebServer(server, connector);
    }

    int port() {
        return connector.getLocalPort();
    }

    void start(TikTokAuth auth, SameOrigin site, boolean simulated) throws Exception {
        boolean secure = "https".equals(auth.config().redirectUri().getScheme());
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.setErrorHandler(new PlainErrors());
        sessions(context.getSessionHandler(), secure);
        context.addFilter(new FilterHolder(new GuardFilter(site)), "/*", EnumSet.of(DispatcherType.REQUEST));
        ApiServlet api = new ApiServlet(auth, new ProductSearch(auth), new BrowserCallback(auth));
        context.addServlet(new ServletHolder(api), "/api/*");
        context.addServlet(new ServletHolder(new WebhookServlet(auth)), "/api/v1/tiktok/webhooks");
        context.addServlet(new ServletHolder(new PageServlet(auth, simulated)), "/");
        server.setHandler(context);
        server.start();
    }

    private static void sessions(SessionHandler sessions, boolean secure) {
        // Cookies are shared by all ports of a host, so the usual name would meet those of other local apps.
        sessions.setSessionCookie("tiktok_auth_example");
        sessions.setHttpOnly(true);
        sessions.setSameSite(HttpCookie.SameSite.LAX);
        sessions.setSecureCookies(secure);
        sessions.setUsingUriParameters(false);
        sessions.setMaxInactiveInterval(SESSION_SECONDS);
    }

    void stop() throws Exception {
        server.stop();
        connector.close();
    }

    /** What the server itself refuses: the status, and nothing of the request or of an exception. */
    private static final class PlainErrors extends ErrorHandler {

        @Override
        protected void generateResponse(
                Request request,
                Response response,
                int code,
                @Nullable String message,
                @Nullable Throwable cause,
                Callback callback)
                throws IOException {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, body(code), callback);
        }

        private static ByteBuffer body(int status) {
            try {
                return ByteBuffer.wrap(
                        Json.MAPPER.writeValueAsBytes(Responses.Problem.of(status, "the server refuses this request")));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
