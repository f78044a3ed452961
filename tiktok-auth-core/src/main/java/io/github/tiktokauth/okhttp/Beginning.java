package io.github.tiktokauth.okhttp;

import java.io.IOException;
import java.io.InputStream;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.GzipSource;
import okio.Okio;
import okio.Source;

/**
 * The beginning of a body, decompressed. What is read for it is limited too: a body can decompress to nothing without end.
 */
final class Beginning extends InputStream {

    /** An answer is judged by no more than that of its text; compressed it is not longer. */
    private static final long MOST_BYTES = 64 * 1024;

    private final Sent sent;
    private final BufferedSource text;
    private final InputStream stream;

    private Beginning(Sent sent, BufferedSource text) {
        this.sent = sent;
        this.text = text;
        this.stream = text.inputStream();
    }

    static Beginning of(BufferedSource body) {
        Sent sent = new Sent(body.peek(), MOST_BYTES);
        return new Beginning(sent, Okio.buffer((Source) sent));
    }

    static Beginning gunzipped(BufferedSource body) {
        Sent sent = new Sent(body.peek(), MOST_BYTES);
        return new Beginning(sent, Okio.buffer(new GzipSource(sent)));
    }

    /** Of what is there already, without reading on. */
    static Beginning buffered(Buffer buffered) {
        Sent sent = new Sent(buffered.peek(), buffered.size());
        return new Beginning(sent, Okio.buffer((Source) sent));
    }

    /** Whether more was wanted than the limit allows. */
    boolean isCutOff() {
        return sent.cutOff;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** What cannot be decompressed ends there. What cannot be received is an error. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return stream.read(into, offset, length);
        } catch (IOException e) {
            if (sent.broken) {
                throw e;
            }
            return -1;
        }
    }

    /** The body stays open. */
    @Override
    public void close() throws IOException {
        text.close();
    }

    private static final class Sent extends ForwardingSource {

        private long left;
        private boolean cutOff;
        private boolean broken;

        Sent(Source source, long most) {
            super(source);
            left = most;
        }

        @Override
        public long read(Buffer into, long byteCount) throws IOException {
            if (left == 0) {
                cutOff = true;
                return -1;
            }
            try {
                long count = super.read(into, Math.min(byteCount, left));
                left -= Math.max(count, 0);
                return count;
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }
}
