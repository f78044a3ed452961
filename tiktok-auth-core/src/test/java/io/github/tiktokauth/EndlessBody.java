package io.github.tiktokauth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;

/** A body that a server goes on sending for as long as somebody takes it. It counts what was taken. */
public final class EndlessBody implements MockResponseBody {

    /** More than sockets and HTTP/2 windows hold by themselves; who reads to a limit leaves more than the rest unsent. */
    public static final long MOST_TAKEN = 32L * 1024 * 1024;

    /** Where even this server stops. */
    private static final long SPENT = 4 * MOST_TAKEN;

    private static final int PIECE = 64 * 1024;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final byte[] EMPTY_BLOCK = {0, 0, 0, -1, -1};

    /** What goes on without end. */
    public enum Kind {
        /** Nothing compressed: a JSON text that does not end. */
        PLAIN(utf8("{\"code\":0,\"data\":\""), utf8("x".repeat(PIECE)), false),
        /** The file name in the header. */
        NAME(header(HAS_NAME), utf8("x".repeat(PIECE)), true),
        /** The comment in the header. */
        COMMENT(header(HAS_COMMENT), utf8("x".repeat(PIECE)), true),
        /** Blocks without content. */
        EMPTY_BLOCKS(header(0), times(PIECE / EMPTY_BLOCK.length, EMPTY_BLOCK), true),
        /** Blocks without content behind a text that does not tell its code. */
        TEXT_THEN_EMPTY_BLOCKS(
                joined(header(0), deflated("{\"data\":[")), times(PIECE / EMPTY_BLOCK.length, EMPTY_BLOCK), true),
        /** A thousand times more than was sent, of blanks, which JSON may begin with. */
        BOMB(header(0), deflated(" ".repeat(64 * PIECE)), true),
        /** Complete compressed files one after the other, each of nothing. */
        MEMBERS(gzip(""), times(PIECE / gzip("").length, gzip("")), true),
        /** Whatever else, behind an answer that is complete. */
        BEHIND_THE_END(gzip("{\"code\":0,\"data\":{}}"), utf8("x".repeat(PIECE)), true);

        private final byte[] start;
        private final byte[] more;
        private final boolean compressed;

        Kind(byte[] start, byte[] more, boolean compressed) {
            this.start = start;
            this.more = more;
            this.compressed = compressed;
        }

        /** A body of this kind, of its own. */
        public EndlessBody body(Framing framing) {
            return new EndlessBody(this, framing);
        }
    }

    /** How a client would know the end. */
    public enum Framing {
        /** The end of the connection, or of the stream with HTTP/2. */
        CLOSE,
        /** A length, given beforehand. */
        LENGTH,
        /** Pieces that give their length. */
        CHUNKS
    }

    private final Kind kind;
    private final Framing framing;
    private final AtomicLong taken = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);

    private EndlessBody(Kind kind, Framing framing) {
        this.kind = kind;
        this.framing = framing;
    }

    /** The answer that has this body. */
    public MockResponse answer(int status) {
        MockResponse.Builder answer = new MockResponse.Builder()
                .code(status)
                .body(this)
                .removeHeader("Content-Length")
                .onResponseEnd(new SocketEffect.CloseSocket())
                .setHeader("Content-Type", "application/json");
        if (kind.compressed) {
            answer.setHeader("Content-Encoding", "gzip");
        }
        switch (framing) {
            case LENGTH -> answer.setHeader("Content-Length", 2 * SPENT);
            case CHUNKS -> answer.setHeader("Transfer-Encoding", "chunked");
            case CLOSE -> {}
        }
        return answer.build();
    }

    /** How many bytes left the server, with what sockets hold. */
    public long taken() {
        return taken.get();
    }

    /** Waits until the client wants no more. */
    public boolean isGivenUp() throws InterruptedException {
        return ended.await(30, TimeUnit.SECONDS);
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try {
            send(sink, kind.start);
            while (taken() < SPENT) {
                send(sink, kind.more);
            }
        } finally {
            ended.countDown();
        }
    }

    private void send(BufferedSink sink, byte[] piece) throws IOException {
        if (framing == Framing.CHUNKS) {
            sink.writeHexadecimalUnsignedLong(piece.length).writeUtf8("\r\n");
        }
        sink.write(piece);
        if (framing == Framing.CHUNKS) {
            sink.writeUtf8("\r\n");
        }
        sink.flush();
        taken.addAndGet(piece.length);
    }

    /** The ten bytes that begin a compressed file. */
    public static byte[] header(int flags) {
        return new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 0};
    }

    /** A compressed file, as it should be. */
    public static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(utf8(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A compressed file that has a long name. */
    public static byte[] gzipNamed(int nameLength, String text) {
        return joined(header(HAS_NAME), utf8("n".repeat(nameLength) + "\0"), withoutHeader(gzip(text)));
    }

    /** A compressed file whose text comes behind many blocks without content. */
    public static byte[] gzipBehindEmptyBlocks(int blocks, String text) {
        return joined(header(0), times(blocks, EMPTY_BLOCK), withoutHeader(gzip(text)));
    }

    private static byte[] withoutHeader(byte[] gzip) {
        return Arrays.copyOfRange(gzip, 10, gzip.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] times(int count, byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    /** Whole blocks, none of them the last. */
    private static byte[] deflated(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(utf8(text));
        byte[] bytes = new byte[PIECE];
        int count = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(bytes, count);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
