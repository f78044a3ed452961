package io.github.tiktokauth.jdbc.storm;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.AuthorizationOptions;
import io.github.tiktokauth.AuthorizationRequiredException;
import io.github.tiktokauth.CallbackRejectedException;
import io.github.tiktokauth.CallbackRequest;
import io.github.tiktokauth.ConnectedShop;
import io.github.tiktokauth.ShopConflictException;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.jdbc.MovedStores;
import io.github.tiktokauth.testkit.ManualClock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * A node of a cluster in a JVM of its own, as a host has it. Lines on standard input tell it what to do, lines on standard output
 * what came of it; what it logs goes to standard error. It ends when its input does, so it does not outlive the test.
 */
public final class Node {

    private final PrintStream out;
    private List<String> results = List.of();
    private final List<Thread> threads = new ArrayList<>();
    private CountDownLatch go = new CountDownLatch(1);
    private final ManualClock clock = new ManualClock();
    private HikariDataSource pool;
    private TikTokAuth auth;

    private Node(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Node node = new Node(out);
        out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            node.obey(line.split("\t", -1));
        }
        Runtime.getRuntime().halt(0);
    }

    private void obey(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "open" -> {
                open(settings(words));
                out.println("opened");
            }
            case "arm" -> {
                arm(words);
                out.println("armed");
            }
            case "go" -> daemon(() -> report(List.copyOf(threads), results));
            case "advance" -> {
                clock.advance(Duration.ofMillis(Long.parseLong(words[1])));
                out.println("advanced");
            }
            case "close" -> {
                close();
                out.println("closed");
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** Beside the reading of commands, so that a test can change things while calls are under way. */
    private void report(List<Thread> running, List<String> answers) {
        go.countDown();
        try {
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        answers.forEach(answer -> out.println("result\t" + answer.replaceAll("[\r\n]+", " ")));
        out.println("done");
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Map<String, String> settings(String[] words) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            settings.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return settings;
    }

    private void open(Map<String, String> settings) {
        close();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.get("url"));
        config.setUsername(settings.get("user"));
        config.setPassword(settings.get("password"));
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        pool = new HikariDataSource(config);
        clock.set(ManualClock.START);
        JdbcStores stores = MovedStores.on(pool, clock);
        auth = TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(stores.tokenStore())
                .stateStore(stores.stateStore())
                .build();
    }

    private void close() {
        if (auth != null) {
            auth.close();
            pool.close();
        }
    }

    /** Each call gets a thread of its own, and all of them wait for one start. */
    private void arm(String[] words) throws InterruptedException {
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            calls.add(call(words[i].split(" ", -1)));
        }
        CountDownLatch there = new CountDownLatch(calls.size());
        CountDownLatch start = new CountDownLatch(1);
        String[] answers = new String[calls.size()];
        threads.clear();
        for (int i = 0; i < answers.length; i++) {
            int number = i;
            threads.add(daemon(() -> {
                there.countDown();
                answers[number] = answer(start, calls.get(number));
            }));
        }
        there.await();
        results = Arrays.asList(answers);
        go = start;
    }

    private static String answer(CountDownLatch start, Callable<String> call) {
        try {
            start.await();
            return call.call();
        } catch (Throwable e) {
            // A host would log it, cause and all.
            e.printStackTrace();
            return failure(e);
        }
    }

    private Callable<String> call(String[] words) {
        return switch (words[0]) {
            case "token" ->
                () -> "token " + Hash.of(auth.getValidAccessToken(words[1]).value());
            case "refresh" -> () -> "token " + Hash.of(auth.refresh(words[1]).value());
            case "sweep" -> () -> sweep(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "initiate" ->
                () -> "url "
                        + auth.initiate(AuthorizationOptions.forUser(words[1])
                                        .withHostState(words[2])
                                        .withBrowserBinding(words[3]))
                                .authUrl();
            case "callback" ->
                () -> {
                    ConnectedShop connected = auth.callback(CallbackRequest.of(words[1], words[2], words[3])
                            .withBrowserBinding(words.length > 4 ? words[4] : null));
                    return "connected " + connected.shop().shopId() + " " + connected.hostState();
                };
            case "replace" ->
                () -> "token "
                        + Hash.of(auth.replaceRefusedToken(words[1], auth.getValidAccessToken(words[1]))
                                .value());
            case "disconnect" -> () -> "disconnected " + auth.disconnect(words[1]);
            case "shop" -> () -> "shop " + auth.shopInfo(words[1]);
            case "status" -> () -> "status " + auth.status(words[1]);
            case "diagnose" -> () -> "diagnosis " + auth.maintenance().diagnose(words[1]);
            case "now" -> () -> "" + System.currentTimeMillis();
            case "due" -> () -> "due " + auth.maintenance().refreshDue(Duration.ofDays(30), 100);
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String sweep(String prefix, int from, int to) {
        int ok = 0;
        String firstFailure = "";
        StringBuilder tokens = new StringBuilder();
        for (int i = from; i < to; i++) {
            try {
                tokens.append(auth.getValidAccessToken(prefix + i).value());
                ok++;
            } catch (RuntimeException e) {
                firstFailure = firstFailure.isEmpty() ? " " + failure(e) : firstFailure;
            }
        }
        return "swept " + ok + " " + Hash.of(tokens.toString()) + firstFailure;
    }

    private static String failure(Throwable e) {
        String why = "";
        if (e instanceof AuthorizationRequiredException required) {
            why = " " + required.reason();
        } else if (e instanceof CallbackRejectedException rejected) {
            why = " " + rejected.rejection();
        } else if (e instanceof ShopConflictException conflict) {
            why = " " + conflict.conflict();
        }
        return "failed " + e.getClass().getSimpleName() + why + ": " + e.getMessage();
    }
}
