package io.autorecharge.stripe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A server that sends exactly the bytes a test gives it, and records what really arrives. */
final class RawServer implements AutoCloseable {
    /** A request; header names are in lower case. */
    record Request(String method, String path, String query, Map<String, String> headers, String body) {
        String line() {
            return method + " " + path;
        }
    }

    /** The bytes of a response, and how the connection ends afterwards. */
    static final class Response {
        enum End {
            CLOSE,
            RESET,
            NEVER
        }

        private final byte[] bytes;
        private final End end;

        Response(byte[] bytes, End end) {
            this.bytes = bytes;
            this.end = end;
        }

        byte[] bytes() {
            return bytes;
        }

        static Response json(int status, String body) {
            return of(status, "Content-Type: application/json\r\n", body, 0);
        }

        /** A response that Stripe replays from an idempotency key. */
        static Response replayed(String body) {
            return of(200, "Content-Type: application/json\r\nIdempotent-Replayed: true\r\n", body, 0);
        }

        static Response html(int status, String body) {
            return of(status, "Content-Type: text/html\r\n", body, 0);
        }

        /** The connection ends before the given number of announced bytes. */
        static Response truncated(int status, String body, int missing) {
            return of(status, "Content-Type: application/json\r\n", body, missing);
        }

        static Response reset() {
            return new Response(new byte[0], End.RESET);
        }

        static Response silence() {
            return new Response(new byte[0], End.NEVER);
        }

        /** The headers and half of the body, then nothing. */
        static Response stalled(String body) {
            return new Response(of(200, "", body, body.length()).bytes, End.NEVER);
        }

        static Response of(int status, String headers, String body, int missing) {
            int length = body.getBytes(StandardCharsets.UTF_8).length + missing;
            String text = "HTTP/1.1 " + status + " X\r\nContent-Length: " + length
                    + "\r\nConnection: close\r\nRequest-Id: req_raw\r\n" + headers + "\r\n" + body;
            return new Response(text.getBytes(StandardCharsets.UTF_8), End.CLOSE);
        }
    }

    private final ServerSocket server;
    private final Function<Request, Response> script;
    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    RawServer(Function<Request, Response> script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> requests(String line) {
        return requests.stream().filter(it -> it.line().equals(line)).toList();
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                thread(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(socket.getInputStream());
            if (request == null) {
                return;
            }
            requests.add(request);
            Response answer = script.apply(request);
            socket.getOutputStream().write(answer.bytes);
            socket.getOutputStream().flush();
            if (answer.end == Response.End.NEVER) {
                closed.await();
            } else if (answer.end == Response.End.RESET) {
                socket.setSoLinger(true, 0);
            } else {
                socket.shutdownOutput();
            }
        } catch (IOException | UncheckedIOException e) {
            // The connection broke, which is what some tests are about.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String head = head(in);
        if (head.isEmpty()) {
            return null;
        }
        String[] lines = head.split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] pair = lines[i].split(": ", 2);
            headers.put(pair[0].toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1] : "");
        }
        String[] first = lines[0].split(" ", -1);
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] target = first[1].split("\\?", 2);
        String query = target.length == 2 ? target[1] : "";
        return new Request(first[0], target[0], query, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            bytes.write(b);
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                return text.substring(0, text.length() - 4);
            }
        }
        return "";
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
