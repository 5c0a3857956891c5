package io.autorecharge.examples.nemesis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a process and a local server. Can drop all traffic, deliver it late, and reset connections. Thread-safe.
 */
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    /** Observes the traffic. */
    interface Watch {
        void toServer(String text);

        void toClient();
    }

    private final ServerSocket listening;
    private final int port;
    private final Watch watch;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private boolean dropping;
    private volatile boolean closed;

    /** @param watch null for none */
    TcpProxy(int port, Watch watch) throws IOException {
        this.port = port;
        this.watch = watch;
        this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon("accept", this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** While true, nothing passes and no side notices; what was sent meanwhile arrives afterwards. */
    void drop(boolean value) {
        synchronized (gate) {
            dropping = value;
            gate.notifyAll();
        }
    }

    /** Resets every connection, so that both sides notice. */
    void breakAll() {
        sockets.forEach(TcpProxy::reset);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        breakAll();
        drop(false);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listening.accept();
                daemon("open", () -> open(client));
            } catch (IOException e) {
                // Closed, or out of sockets: the connection of the caller fails, as intended.
                continue;
            }
        }
    }

    private void open(Socket client) {
        sockets.add(client);
        try {
            awaitOpenGate();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            daemon("up", () -> pass(client, server, true));
            daemon("down", () -> pass(server, client, false));
        } catch (IOException e) {
            // The server is down: reset the connection of the client.
            reset(client);
            sockets.remove(client);
        }
    }

    private void pass(Socket from, Socket to, boolean up) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitOpenGate();
                if (watch != null && up) {
                    watch.toServer(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                } else if (watch != null) {
                    watch.toClient();
                }
                out.write(buffer, 0, read);
            }
            awaitOpenGate();
        } catch (IOException e) {
            // One side is gone; reset the other.
            reset(to);
        } finally {
            sockets.remove(from);
        }
    }

    private void awaitOpenGate() {
        synchronized (gate) {
            while (dropping && !closed) {
                try {
                    gate.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Already closed.
            return;
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "tcp-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
