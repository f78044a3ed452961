package io.github.tiktokauth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.SimulatedTokens;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
@Tag("slow")
class PageTest {

    @TempDir
    static Path directory;

    private static App app;
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        app = App.start(Map.of("PORT", "0"), directory);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (app != null) {
            app.close();
        }
    }

    /** Reading the browser's log empties it: each test judges its own complaints, whatever ran before. */
    @BeforeEach
    void forgetEarlierComplaints() {
        browser.complaints();
    }

    private static void signIn(String user) {
        browser.open(app.url() + "/");
        browser.forgetSession();
        browser.open(app.url() + "/");
        browser.type("#userId", user);
        browser.click("button[type=submit]");
        browser.shows("#user", user);
    }

    @Test
    void aStrangerConnectsAShopUsesItAndDisconnects() {
        browser.size(1000, 900);
        browser.open(app.url() + "/");
        browser.picture("1-signed-out");
        signIn("alice");
        browser.shows("#not-connected h1", "Connect your TikTok Shop");
        browser.picture("2-not-connected");

        browser.click("#connect");
        browser.click("#deny");
        browser.shows("#notices", "You did not allow access at TikTok");
        browser.picture("3-denied");

        browser.click("#connect");
        browser.picture("4-consent");
        browser.click("#allow");
        browser.shows("#notices", "Teapot & Co London is connected now.");
        browser.shows("#shop-name", "Teapot & Co London");
        assertThat(browser.url()).isEqualTo(app.url() + "/");
        assertThat(browser.text("#token-end")).contains("in 7 days");
        assertThat(browser.text("#authorization-end")).contains("in 12 months");
        browser.picture("5-connected");

        browser.click("#refresh");
        browser.shows("#notices", "Token refreshed successfully.");
        browser.click("#load-products");
        browser.shows("#products h2", "Products 12");
        assertThat(browser.count("#product-list li")).isEqualTo(12);
        browser.picture("6-products");
        SimulatedTokens tokens =
                Shops.tikTok(app).tokensOf(SimulatedSeller.ONE_SHOP).orElseThrow();
        assertThat(browser.source()).doesNotContain(tokens.accessToken(), tokens.refreshToken());

        browser.click("#disconnect");
        browser.shows("#sure", "Disconnect this shop?");
        browser.picture("7-sure");
        browser.click("#sure button[value=no]");
        browser.shows("#state", "Connected");
        browser.click("#disconnect");
        browser.click("#sure button[value=yes]");
        browser.shows("#not-connected", "Connect your TikTok Shop");
        browser.click(".who button");
        browser.shows("h1", "Sign in");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aSellerWhoRemovedTheAppIsAskedToAuthorizeAgain() {
        signIn("bob");
        browser.click("#connect");
        browser.click("input[value=" + SimulatedSeller.ANOTHER_SHOP + "]");
        browser.click("#allow");
        browser.shows("#state", "Connected");
        Shops.tikTok(app).revoke(SimulatedSeller.ANOTHER_SHOP);
        browser.click("#refresh");
        browser.shows("#notices", "please connect again");
        browser.shows("#state", "Authorization needed");
        browser.picture("8-reauthorize");
        browser.click("#reconnect");
        browser.click("input[value=" + SimulatedSeller.ANOTHER_SHOP + "]");
        browser.click("#allow");
        browser.shows("#notices", "was authorized again");
        browser.shows("#state", "Connected");
    }

    @Test
    void whoOpensItAtAnotherNameOfThisMachineIsMovedToWhereTheCallbackWillBe() {
        browser.open(app.url().replace("127.0.0.1", "localhost") + "/");
        browser.isAt(app.url() + "/");
    }

    @Test
    void itFitsAPhone() {
        browser.size(500, 900);
        signIn("carol");
        browser.click("#connect");
        browser.click("input[value=" + SimulatedSeller.SEVERAL_SHOPS + "]");
        browser.click("#allow");
        browser.shows("#state", "Connected");
        browser.picture("9-phone");
        assertThat(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo("true");
    }
}
