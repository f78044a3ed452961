package io.github.tiktokauth.examples;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The distribution's Chromium, without a screen. */
final class Browser implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final ChromeDriver driver;
    private final WebDriverWait wait;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
        this.wait = new WebDriverWait(driver, Duration.ofSeconds(20));
    }

    /** Skips the test, aloud, where there is no Chromium; fails it where {@code tests.require} names it. */
    static Browser start(String... moreFlags) {
        Optional<Path> chromium = onPath("chromium");
        Optional<Path> chromedriver = onPath("chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            String message = "no chromium and chromedriver on the PATH: the page is not tested in a browser";
            if (System.getProperty("tests.require", "").contains("chromium")) {
                throw new AssertionError(message);
            }
            System.err.println("SKIPPED: " + message);
            abort(message);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments(FLAGS);
        options.addArguments(moreFlags);
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", console);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void open(String url) {
        driver.get(url);
    }

    void forgetSession() {
        driver.manage().deleteAllCookies();
    }

    void isAt(String url) {
        wait.until(ExpectedConditions.urlToBe(url));
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Clicks once it can be clicked. */
    void click(String css) {
        wait.until(ExpectedConditions.elementToBeClickable(By.cssSelector(css))).click();
    }

    void type(String css, String text) {
        wait.until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)))
                .sendKeys(text);
    }

    /** Waits until it is visible and says so. */
    void shows(String css, String text) {
        wait.until(ExpectedConditions.and(
                ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)),
                ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(css), text)));
    }

    String text(String css) {
        WebElement element = wait.until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)));
        return element.getText();
    }

    int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    String url() {
        return String.valueOf(driver.getCurrentUrl());
    }

    String source() {
        return String.valueOf(driver.getPageSource());
    }

    Object script(String script) {
        return String.valueOf(driver.executeScript(script));
    }

    /** What the page complained about, blocked resources among it. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** For people who change the page: kept where the property {@code screenshots} says. */
    void picture(String name) {
        String directory = System.getProperty("screenshots");
        if (directory != null) {
            try {
                Files.write(
                        Path.of(directory, name + ".png"),
                        driver.getScreenshotAs(org.openqa.selenium.OutputType.BYTES));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
