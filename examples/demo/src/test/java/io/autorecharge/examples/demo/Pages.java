package io.autorecharge.examples.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without scripts: one user's session on the pages, with cookies, redirects and CSRF tokens. */
final class Pages {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern REFERENCE = Pattern.compile("name=\"reference\" value=\"([^\"]+)\"");
    private static final Pattern BALANCE = Pattern.compile("id=\"balance\">([^<]+)<");

    private final DemoApp app;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private Pages(DemoApp app) {
        this.app = app;
    }

    static Pages signedIn(DemoApp app, String user) {
        Pages pages = new Pages(app);
        pages.post("/login", Form.with("username", user).and("password", user), pages.token("/login"));
        return pages;
    }

    String profile() {
        return get("/profile").body();
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(app.url(path)).GET());
    }

    /** With a token from the profile page. */
    HttpResponse<String> post(String path, Form form) {
        return post(path, form, token("/profile"));
    }

    HttpResponse<String> post(String path, Form form, String token) {
        return postWithoutToken(path, form.and("_csrf", token));
    }

    HttpResponse<String> postWithoutToken(String path, Form form) {
        return send(form.postTo(HttpRequest.newBuilder(app.url(path))));
    }

    /** Spends credits by the form of the page as it is now. */
    String use(String credits) {
        String reference = reference(profile());
        return post("/profile/use", Form.with("amount", credits).and("reference", reference))
                .body();
    }

    /** Where the button leads that confirms a recharge. */
    URI confirm() {
        return postWithoutToken("/profile/confirm", Form.with("_csrf", token("/profile")))
                .uri();
    }

    static String reference(String page) {
        return find(REFERENCE, page);
    }

    static String balance(String page) {
        return find(BALANCE, page);
    }

    private String token(String path) {
        return find(TOKEN, get(path).body());
    }

    private static String find(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new AssertionError("nothing like " + pattern + " in\n" + page);
        }
        return matcher.group(1);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
