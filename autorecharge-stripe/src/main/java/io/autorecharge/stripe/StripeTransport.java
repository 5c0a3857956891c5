package io.autorecharge.stripe;

import com.stripe.Stripe;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.ApiResource;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends each request of stripe-java exactly once. {@code java.net.http} does not repeat a POST whose response was lost, as
 * {@code HttpURLConnection} silently does, and it reports a truncated body as a broken connection.
 *
 * <p>stripe-java's {@code X-Stripe-Client-User-Agent} header is omitted: building it writes a telemetry file into the user's configuration
 * directory, and a library must not write there.
 */
final class StripeTransport extends HttpClient {
    private static final String USER_AGENT = "Stripe/v1 JavaBindings/" + Stripe.VERSION + " autorecharge";

    /** Any answer shows the time, also that of a server that does not know this path. The request has no key. */
    private static final String TIME_SOURCE = "/healthcheck";

    private final java.net.http.HttpClient http;
    private final Duration timeout;
    private final URI timeSource;
    private final StripeClock clock;

    StripeTransport(StripeSettings settings, StripeClock clock) {
        this.timeout = settings.readTimeout();
        this.timeSource = settings.apiBase().resolve(TIME_SOURCE);
        this.clock = clock;
        this.http = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        HttpResponse<byte[]> response = sent(translated(request));
        return new StripeResponse(
                response.statusCode(),
                HttpHeaders.of(response.headers().map()),
                new String(response.body(), StandardCharsets.UTF_8));
    }

    /** Asks for the time; the clock has it afterwards. */
    void askTime() throws ApiConnectionException {
        sent(HttpRequest.newBuilder(timeSource)
                .setHeader("User-Agent", USER_AGENT)
                .build());
    }

    private HttpResponse<byte[]> sent(HttpRequest request) throws ApiConnectionException {
        // The timeout of HttpRequest covers only the headers of the response; waiting for the future also bounds the
        // body.
        long sent = clock.sent();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            clock.answered(response.headers(), sent);
            return response;
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ApiConnectionException("no complete response within " + timeout, new SocketTimeoutException());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("interrupted while waiting for the response", e);
        } catch (ExecutionException e) {
            throw new ApiConnectionException("the connection failed", e.getCause());
        }
    }

    private static HttpRequest translated(StripeRequest request) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(address(request.url().toString())));
        request.headers().map().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        builder.setHeader("User-Agent", USER_AGENT);
        HttpContent content = request.content();
        if (content == null) {
            return builder.method(request.method().name(), HttpRequest.BodyPublishers.noBody())
                    .build();
        }
        if (request.method() != ApiResource.RequestMethod.POST) {
            throw new IllegalStateException("only POST has a body: " + request.method());
        }
        return builder.header("Content-Type", content.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(FormKeys.inAscii(content.stringContent())))
                .build();
    }

    private static String address(String url) {
        int query = url.indexOf('?') + 1;
        return url.substring(0, query == 0 ? url.length() : query)
                + (query == 0 ? "" : FormKeys.inAscii(url.substring(query)));
    }
}
