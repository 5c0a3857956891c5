package io.autorecharge.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A network between a client and its server that can swallow the connections that are open: they stay open, and nothing arrives any more. */
final class BlackHole implements AutoCloseable {
    private final int server;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "black-hole");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Of the connections that are open now; later ones have another. */
    private volatile AtomicBoolean swallowed = new AtomicBoolean();

    /** @param server the port of the server on this machine */
    BlackHole(int server) throws IOException {
        this.server = server;
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Swallows the connections that are open. New ones work. */
    void swallow() {
        AtomicBoolean open = swallowed;
        swallowed = new AtomicBoolean();
        open.set(true);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(client);
                sockets.add(behind);
                AtomicBoolean fate = swallowed;
                threads.execute(() -> pump(client, behind, fate));
                threads.execute(() -> pump(behind, client, fate));
            }
        } catch (IOException e) {
            // The door is closed.
            return;
        }
    }

    private static void pump(Socket from, Socket to, AtomicBoolean swallowed) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[8192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!swallowed.get()) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // One of the two has closed the connection.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
