package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The whole flow by clicking, in a real browser; pictures of the pages are kept under {@code target/screenshots}. */
@Tag("browser")
class BrowserTest {
    private static final Path PICTURES = Path.of("target", "screenshots");

    private DemoApp app;
    private ChromeDriver browser;

    @BeforeEach
    void start() {
        Optional<Path> chromium = installed("CHROMIUM", "/usr/bin/chromium", "/usr/bin/chromium-browser");
        Optional<Path> driver = installed("CHROMEDRIVER", "/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
        assumeTrue(
                chromium.isPresent() && driver.isPresent(),
                "SKIPPED: no Chromium with chromedriver under /usr/bin; on Debian, apt-get install chromium chromium-driver");
        app = DemoApp.start();
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.get().toFile())
                        .build(),
                options(chromium.get()));
        browser.manage().window().setSize(new Dimension(1280, 1000));
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.quit();
        }
        if (app != null) {
            app.close();
        }
    }

    @Test
    void a_user_enables_buys_spends_and_watches_the_recharge_arrive() throws IOException {
        browser.get(app.url("/").toString());
        type("username", "alice");
        type("password", "alice");
        browser.findElement(By.cssSelector("button[type=submit]")).click();
        assertThat(shown("status").getText()).isEqualTo("Off");
        picture("1-new-account");

        click("enabled");
        assertThat(shown("consent").isSelected()).isFalse();
        click("consent");
        browser.findElement(By.cssSelector("input[name=credits][value='250']")).click();
        assertThat(shown("buy").getText()).isEqualTo("Get 250 credits");
        browser.findElement(By.cssSelector("input[name=credits][value='100']")).click();
        assertThat(shown("buy").getText()).isEqualTo("Get 100 credits");
        picture("2-agreed");
        click("buy");

        await().until(ExpectedConditions.urlContains("/c/pay/"));
        picture("3-checkout");
        type("number", "4242424242424242");
        type("expiry", "12/39");
        type("cvc", "123");
        click("pay");

        await().until(ExpectedConditions.urlToBe(app.url("/profile").toString()));
        await().until(ExpectedConditions.textToBe(By.id("balance"), "120"));
        await().until(ExpectedConditions.textToBe(By.id("status"), "Active"));
        assertThat(shown("method").getText()).contains("Visa", "4242");
        picture("4-enabled");

        type("amount", "115");
        click("use");
        // No reload by the test: the page follows by itself.
        await().until(ExpectedConditions.textToBe(By.id("balance"), "125"));
        assertThat(ledger())
                .startsWith(
                        "Auto-recharge bonus: 20 credits +20 125",
                        "Auto-recharge: 100 credits +100 105",
                        "Credits used −115 5");
        picture("5-recharged");
        assertThat(problems()).isEmpty();
    }

    @Test
    void the_page_fits_a_phone() throws IOException {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                java.util.Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        browser.get(app.url("/").toString());
        type("username", "bob");
        type("password", "bob");
        browser.findElement(By.cssSelector("button[type=submit]")).click();
        click("enabled");

        Number wide = (Number) browser.executeScript("return document.documentElement.scrollWidth");

        assertThat(wide.intValue()).isLessThanOrEqualTo(390);
        picture("6-phone");
    }

    /** The rows as they are at one moment: the page replaces them while somebody reads. */
    @SuppressWarnings("unchecked")
    private List<String> ledger() {
        return (List<String>) browser.executeScript("""
                return [...document.querySelectorAll('#ledger tbody tr')]
                    .map(row => [...row.cells].slice(1, 4).map(cell => cell.innerText.trim()).join(' '))
                """);
    }

    /** What the browser complained of: a script that failed, or something that the security policy held back. */
    private List<String> problems() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    private void type(String id, String text) {
        WebElement field = shown(id);
        field.clear();
        field.sendKeys(text);
    }

    private void click(String id) {
        WebElement element = shown(id);
        browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    private WebElement shown(String id) {
        return await().until(ExpectedConditions.presenceOfElementLocated(By.id(id)));
    }

    private WebDriverWait await() {
        return new WebDriverWait(browser, Duration.ofSeconds(30), Duration.ofMillis(100));
    }

    private void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    private static Optional<Path> installed(String variable, String... usual) {
        String given = System.getenv(variable);
        return (given == null ? Stream.of(usual) : Stream.of(given))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static ChromeOptions options(Path chromium) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.WARNING);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run");
    }
}
