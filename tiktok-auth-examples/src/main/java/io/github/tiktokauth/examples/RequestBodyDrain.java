package io.github.tiktokauth.examples;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * An answer that leaves nothing of the request's body behind. The server closes a connection with an unread body after the
 * answer, and a client that was not told takes it up again and loses its next request. So a short rest is read, and of a long
 * one the client is told that the connection ends.
 */
final class RequestBodyDrain extends HttpServletResponseWrapper {

    private static final int SHORT_REST = 256 * 1024;

    private final HttpServletRequest request;
    private boolean settled;

    RequestBodyDrain(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        settle();
        return super.getOutputStream();
    }

    /** For answers without content, too. */
    void settle() {
        if (!settled) {
            settled = true;
            if (hasBody() && !isReadToItsEnd()) {
                setHeader("Connection", "close");
            }
        }
    }

    private boolean hasBody() {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private boolean isReadToItsEnd() {
        // A client that waits to be asked for the body need not send it, and opening the stream asks.
        if (request.getHeader("Expect") != null) {
            return false;
        }
        try {
            ServletInputStream body = request.getInputStream();
            if (body.isFinished()) {
                return true;
            }
            return request.getContentLengthLong() <= SHORT_REST && body.readNBytes(SHORT_REST + 1).length <= SHORT_REST;
        } catch (IOException e) {
            return false;
        }
    }
}
