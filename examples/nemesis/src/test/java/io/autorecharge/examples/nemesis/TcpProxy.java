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
 * A network between a process and a server of this machine that can swallow everything, deliver it late, and break connections. Thread-safe.
 */
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    /** Sees what passes. */
    interface Watch {
        void toServer(String text);

        void toClient();
    }

    private final ServerSocket listening;
    private final int port;
    private final Watch watch;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private boolean swallowing;
    private volatile boolean closed;

    /** @param watch null for nobody */
    TcpProxy(int port, Watch watch) throws IOException {
        this.port = port;
        this.watch = watch;
        this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon("accept", this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Nothing passes any more, and nobody is told; what was sent meanwhile arrives when it ends. */
    void swallow(boolean value) {
        synchronized (gate) {
            swallowing = value;
            gate.notifyAll();
        }
    }

    /** Breaks every connection at once, so that both sides notice. */
    void breakAll() {
        sockets.forEach(TcpProxy::reset);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        breakAll();
        swallow(false);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listening.accept();
                daemon("open", () -> open(client));
            } catch (IOException e) {
                // Closed, or this process has no more sockets; the caller's connection fails, which is what it is here
                // for.
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
            // The server is down: to the client that is a connection that breaks.
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
            // One side is gone; the other one is about to notice.
            reset(to);
        } finally {
            sockets.remove(from);
        }
    }

    private void awaitOpenGate() {
        synchronized (gate) {
            while (swallowing && !closed) {
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
            // Then it is closed already.
            return;
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "tcp-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
