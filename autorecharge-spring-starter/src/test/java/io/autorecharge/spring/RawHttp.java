package io.autorecharge.spring;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Writes HTTP to a socket, for requests that no client would send. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawHttp(String url) throws IOException {
        URI address = URI.create(url);
        socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        send("POST " + address.getPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    }

    /** @throws IOException when the server has hung up */
    RawHttp send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The status of the answer; 0 when the server hung up without one. */
    int status() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
                line.append((char) c);
            }
        } catch (java.net.SocketException hungUp) {
            return 0;
        }
        String[] words = line.toString().split(" ", 3);
        return words.length < 2 ? 0 : Integer.parseInt(words[1]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
