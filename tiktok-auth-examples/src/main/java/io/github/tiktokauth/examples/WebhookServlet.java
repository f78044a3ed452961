package io.github.tiktokauth.examples;

import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.WebhookReceipt;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Where TikTok delivers webhooks. Nobody is signed in here: the signature says who sends. The library takes care of the kinds
 * that concern an authorization; an order management would act on the others when the receipt says {@code ACCEPTED}.
 */
final class WebhookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** The library refuses what is longer; one byte more shows it. */
    private static final int BODY_LIMIT = 1024 * 1024;

    private final transient TikTokAuth auth;

    WebhookServlet(TikTokAuth auth) {
        this.auth = auth;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            throw ApiException.methodNotAllowed("POST");
        }
        byte[] body = request.getInputStream().readNBytes(BODY_LIMIT + 1);
        WebhookReceipt receipt = auth.receiveWebhook(body, request.getHeader("Authorization"));
        response.setStatus(receipt.outcome().httpStatus());
    }
}
