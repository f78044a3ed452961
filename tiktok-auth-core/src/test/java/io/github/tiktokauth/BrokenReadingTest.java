package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answer of a real server, and a process that cannot read it, or a caller who does not stay for it. */
class BrokenReadingTest {

    @StartStop
    final MockWebServer server = new MockWebServer();

    private String url() {
        String url = server.url("").toString();
        return url.substring(0, url.length() - 1);
    }

    static List<Supplier<Error>> errors() {
        return List.of(
                () -> new OutOfMemoryError("ROW_quoted"),
                () -> new NoClassDefFoundError("ROW_quoted"),
                () -> new StackOverflowError("ROW_quoted"));
    }

    /** Sockets whose first answer ends in an error of this process. */
    private static OkHttpClient breaking(Supplier<Error> error) {
        boolean[] broken = {false};
        return new OkHttpClient.Builder()
                .socketFactory(new Sockets() {
                    @Override
                    InputStream answers(InputStream real) {
                        return new FilterInputStream(real) {
                            @Override
                            public int read(byte[] into, int from, int length) throws IOException {
                                int read = super.read(into, from, length);
                                if (!broken[0]) {
                                    broken[0] = true;
                                    throw error.get();
                                }
                                return read;
                            }
                        };
                    }
                })
                .build();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorWhileTheAnswerIsReadWritesNothingAndLocksNobodyOut(Supplier<Error> error) throws Exception {
        server.enqueue(HttpWorld.tokens());
        server.enqueue(HttpWorld.tokensWith("access_token_expire_in", "253402300799"));
        TestLog log = new TestLog();
        try (WireHost host = new WireHost(url(), breaking(error))) {
            assertThat(TestFailures.thrown(TikTokUnavailableException.class, host::token))
                    .hasMessageNotContaining("ROW_");
            assertThat(host.row().refresh().leaseOwner()).isNotNull();
            assertThat(host.row().refresh().failures()).isZero();
            assertThat(host.token()).isEqualTo("ROW_access");
            assertThat(host.storedRefreshToken()).isEqualTo("ROW_refresh");
        }
        assertThat(server.getRequestCount()).isEqualTo(2);
        assertThat(log.text()).contains(error.get().getClass().getName()).doesNotContain("ROW_quoted");
    }

    /** As after a bad deployment. */
    @Test
    void aClassOfTheJsonReaderThatIsMissingWritesNothingAndLocksNobodyOut() throws Exception {
        server.enqueue(HttpWorld.tokens());
        server.enqueue(HttpWorld.tokens());
        try (Incomplete loader = new Incomplete("io.github.tiktokauth.JsonTree")) {
            @SuppressWarnings("unchecked")
            Function<String, String> installation =
                    (Function<String, String>) loader.loadClass(BrokenInstallation.class.getName())
                            .getDeclaredConstructor()
                            .newInstance();
            assertThat(installation.apply(url()))
                    .isEqualTo("TikTokUnavailableException, TikTokUnavailableException, lease kept, failures 0");
        }
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    /** A look-up of a name is not cut short by the time-out of the call. */
    @Test
    void aNameLookUpThatHangsHoldsNobodyUpForLongerThanCallersWait() {
        CountDownLatch lookingUp = new CountDownLatch(2);
        CountDownLatch found = new CountDownLatch(1);
        OkHttpClient client = new OkHttpClient.Builder()
                .dns(name -> {
                    lookingUp.countDown();
                    TestThreads.await(found);
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .build();
        try (WireHost host = new WireHost(url(), client)) {
            Thread token = new Thread(() -> TestFailures.thrown(TikTokUnavailableException.class, host::token));
            Thread callback = new Thread(() -> TestFailures.thrown(
                    TikTokUnavailableException.class,
                    () -> host.auth.callback(
                            "user-2", "code", host.auth.initiate("user-2").state())));
            token.start();
            callback.start();
            TestThreads.await(lookingUp);
            TestThreads.untilWaiting(token);
            TestThreads.untilWaiting(callback);
            host.time.advance(Duration.ofSeconds(25));
            TestThreads.join(token);
            TestThreads.join(callback);
            found.countDown();
        }
    }

    @Test
    void aCallerWhoIsInterruptedNeitherAbortsTheRequestNorLosesTheAnswer() {
        Thread caller = Thread.currentThread();
        CountDownLatch left = new CountDownLatch(1);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                caller.interrupt();
                TestThreads.await(left);
                return HttpWorld.tokens();
            }
        });
        try (WireHost host = new WireHost(url(), null)) {
            TestFailures.retryAfter(host::token);
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            left.countDown();
            host.auth.close();
            assertThat(host.storedRefreshToken()).isEqualTo("ROW_refresh");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedConsentIsCompleted() {
        Thread caller = Thread.currentThread();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                caller.interrupt();
                return request.getUrl().encodedPath().endsWith("/shops")
                        ? HttpWorld.json(HttpWorld.SHOPS).build()
                        : HttpWorld.tokens();
            }
        });
        try (WireHost host = new WireHost(url(), null)) {
            host.auth.disconnect(WireHost.USER);
            String state = host.auth.initiate(WireHost.USER).state();
            Thread.currentThread().interrupt();
            assertThat(host.auth.callback(WireHost.USER, "code", state).shop().shopId())
                    .isEqualTo("7494049642642441621");
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            assertThat(server.getRequestCount()).isEqualTo(2);
        }
    }

    private abstract static class Sockets extends SocketFactory {

        abstract InputStream answers(InputStream real);

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public InputStream getInputStream() throws IOException {
                    return answers(super.getInputStream());
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    /** Loads this library once more, but for one class. */
    private static final class Incomplete extends URLClassLoader {

        private final String missing;

        Incomplete(String missing) {
            super(
                    new URL[] {
                        TikTokAuth.class.getProtectionDomain().getCodeSource().getLocation(),
                        BrokenReadingTest.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    BrokenReadingTest.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.github.tiktokauth.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
