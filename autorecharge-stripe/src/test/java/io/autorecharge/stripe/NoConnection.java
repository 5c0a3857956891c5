package io.autorecharge.stripe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** The ways in which opening a connection can fail. */
enum NoConnection {
    REFUSED,
    UNKNOWN_HOST,
    CONNECT_TIME_OUT,
    TLS_HANDSHAKE_FAILURE,
    NOT_TLS;

    private static final int SILENCE_MILLIS = 300;

    /** {@code handshake_failure}, fatal: RFC 5246, 7.2. */
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

    /** A URL that accepts no connection until this is closed. */
    record Place(String url, List<AutoCloseable> open) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            for (AutoCloseable it : open) {
                it.close();
            }
        }
    }

    Place place() throws IOException {
        return switch (this) {
            case UNKNOWN_HOST -> new Place("https://stripe.invalid", List.of());
            case REFUSED -> {
                try (ServerSocket free = listen(1)) {
                    yield new Place("http://127.0.0.1:" + free.getLocalPort(), List.of());
                }
            }
            case CONNECT_TIME_OUT -> full();
            case TLS_HANDSHAKE_FAILURE -> answering(ALERT);
            case NOT_TLS -> answering(new byte[] {'2', '2', '0', ' ', 'm', 'a', 'i', 'l', '\r', '\n'});
        };
    }

    private static ServerSocket listen(int backlog) throws IOException {
        return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    }

    /** No connection is accepted and the queue is full, so the next one hangs. */
    private static Place full() throws IOException {
        ServerSocket server = listen(1);
        List<AutoCloseable> open = new ArrayList<>(List.of(server));
        boolean taken = true;
        while (taken) {
            Socket waiting = new Socket();
            open.add(waiting);
            try {
                waiting.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), SILENCE_MILLIS);
            } catch (SocketTimeoutException e) {
                taken = false;
            }
        }
        return new Place("http://127.0.0.1:" + server.getLocalPort(), open);
    }

    private static Place answering(byte[] greeting) throws IOException {
        ServerSocket server = listen(5);
        Thread thread = new Thread(() -> greet(server, greeting), "no-tls");
        thread.setDaemon(true);
        thread.start();
        return new Place("https://127.0.0.1:" + server.getLocalPort(), List.of(server));
    }

    private static void greet(ServerSocket server, byte[] greeting) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(greeting);
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                // Read the request, so that a reset does not discard the greeting.
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client disconnected, or the test is over.
            }
        }
    }
}
