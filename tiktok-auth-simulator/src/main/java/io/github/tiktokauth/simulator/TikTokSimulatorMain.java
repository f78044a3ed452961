package io.github.tiktokauth.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator as a process of its own, for tests with several JVMs. It prints its port, alone on the first line, and then
 * runs until it is killed, or until its standard input ends if that was asked for.
 *
 * <p>Arguments, each {@code --name=value} and optional: {@code port}, {@code client-id}, {@code client-secret}, {@code
 * service-id}, {@code redirect-uri}, {@code rotation} (a {@link RefreshTokenRotation} in any case, {@code -} for {@code _}),
 * {@code access-token-seconds}, {@code refresh-token-seconds}, {@code old-access-tokens-live}, {@code new-consent-ends-older},
 * {@code token-mark}, {@code token-length}, and {@code until-input-ends=true}, which leaves no process behind when the starting one dies.
 *
 * <p>Other processes drive it with JSON under {@code /_sim/}; a mistake is answered with 400 and {@code error}.
 *
 * <table class="striped">
 *   <caption>Control</caption>
 *   <thead><tr><th>request</th><th>meaning</th></tr></thead>
 *   <tbody>
 *     <tr><td>{@code GET environment}, {@code counters}, {@code refreshes}, {@code requests}</td><td>as the methods of {@link
 *       TikTokSimulator}</td></tr>
 *     <tr><td>{@code GET tokens?seller=}</td><td>{@code tokens}: the current pair, or null</td></tr>
 *     <tr><td>{@code POST allow}, {@code deny}, {@code app-store}</td><td>{@code authUrl} (not for the last), {@code seller};
 *       answers {@code uri}, {@code code}, {@code state}, {@code error}, {@code region}</td></tr>
 *     <tr><td>{@code POST seed}</td><td>{@code prefix}, {@code count}, {@code accessExpiresInSeconds}, {@code
 *       refreshExpiresInSeconds}; answers {@code authorizations} with {@code seller}, tokens and {@code shop}</td></tr>
 *     <tr><td>{@code POST revoke}, {@code expire-access}, {@code expire-authorization}</td><td>{@code seller}</td></tr>
 *     <tr><td>{@code POST advance}</td><td>{@code seconds}: moves TikTok's clock</td></tr>
 *     <tr><td>{@code POST faults}</td><td>{@code endpoint}, {@code kind} ({@code error, html, empty, oversized, redirect,
 *       dropped, lost, cut-short, data, delayed, held-before, held-after}) with {@code status}, {@code code}, {@code message},
 *       {@code characters}, {@code location}, {@code json}, {@code millis}, {@code gate} as the kind needs; optional {@code
 *       times} (until cleared without it), {@code seller}, {@code retryAfter}, {@code carriedOut}</td></tr>
 *     <tr><td>{@code DELETE faults}</td><td>forgets all faults and latencies</td></tr>
 *     <tr><td>{@code POST latency}</td><td>{@code endpoint}, {@code millis}</td></tr>
 *     <tr><td>{@code POST gate-await}</td><td>{@code gate}, {@code arrivals}, {@code seconds} at most</td></tr>
 *     <tr><td>{@code POST gate-open}</td><td>{@code gate}</td></tr>
 *     <tr><td>{@code POST reset}</td><td>sets the counters to zero</td></tr>
 *   </tbody>
 * </table>
 */
public final class TikTokSimulatorMain {

    private TikTokSimulatorMain() {}

    /**
     * Starts and does not return before the end.
     *
     * @param args as in the description of this class
     * @throws IOException when standard input cannot be read
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        run(args, System.in, System.out);
    }

    static void run(String[] args, InputStream in, PrintStream out) throws IOException, InterruptedException {
        SimulatorBuilder builder = TikTokSimulator.builder().controlApi(true);
        App app = new App();
        boolean untilInputEnds = false;
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("arguments are of the form --name=value, not " + arg);
            }
            String value = arg.substring(equals + 1);
            String name = arg.substring(2, equals);
            switch (name) {
                case "port" -> builder.port(Integer.parseInt(value));
                case "client-id" -> app.key = value;
                case "client-secret" -> app.secret = value;
                case "service-id" -> app.service = value;
                case "redirect-uri" -> builder.redirectUri(URI.create(value));
                case "rotation" ->
                    builder.rotation(RefreshTokenRotation.valueOf(
                            value.toUpperCase(Locale.ROOT).replace('-', '_')));
                case "access-token-seconds" -> builder.accessTokenLifetime(seconds(value));
                case "refresh-token-seconds" -> builder.refreshTokenLifetime(seconds(value));
                case "old-access-tokens-live" -> builder.oldAccessTokensLive(Boolean.parseBoolean(value));
                case "new-consent-ends-older" -> builder.newConsentEndsOlder(Boolean.parseBoolean(value));
                case "token-mark" -> builder.tokenMark(value);
                case "token-length" -> builder.tokenLength(Integer.parseInt(value));
                case "until-input-ends" -> untilInputEnds = Boolean.parseBoolean(value);
                default -> throw new IllegalArgumentException("there is no argument --" + name);
            }
        }
        builder.app(app.key, app.secret, app.service);
        try (TikTokSimulator simulator = builder.start()) {
            out.println(simulator.url().getPort());
            out.flush();
            if (untilInputEnds) {
                in.transferTo(PrintStream.nullOutputStream());
            } else {
                new CountDownLatch(1).await();
            }
        }
    }

    private static Duration seconds(String value) {
        return Duration.ofSeconds(Long.parseLong(value));
    }

    private static final class App {
        private String key = SimulatorBuilder.DEFAULT_APP_KEY;
        private String secret = SimulatorBuilder.DEFAULT_APP_SECRET;
        private String service = SimulatorBuilder.DEFAULT_SERVICE_ID;
    }
}
