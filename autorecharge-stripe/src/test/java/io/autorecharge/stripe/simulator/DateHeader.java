package io.autorecharge.stripe.simulator;

import com.sun.net.httpserver.Headers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.AbstractList;

/**
 * The {@code Date} header of an answer. The JDK's server sets the machine's time just before it writes the headers, and offers no way to change
 * it. It then asks for the {@code Connection} header: this list answers that question, and replaces the date meanwhile.
 */
final class DateHeader extends AbstractList<String> {
    private final Headers headers;
    private final String date;

    private DateHeader(Headers headers, String date) {
        this.headers = headers;
        this.date = date;
    }

    static void replace(Headers headers, Instant time) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
        headers.put("Connection", new DateHeader(headers, date));
    }

    @Override
    public String get(int index) {
        return "keep-alive";
    }

    @Override
    public int size() {
        headers.set("Date", date);
        return 1;
    }
}
