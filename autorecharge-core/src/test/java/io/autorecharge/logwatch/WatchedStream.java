package io.autorecharge.logwatch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** A standard stream whose lines are scanned. Safe for use by many threads, as a {@link PrintStream} is. */
final class WatchedStream extends PrintStream {
    private final PrintStream original;

    private WatchedStream(String name, PrintStream original) {
        super(new Lines(name, original), true);
        this.original = original;
    }

    static WatchedStream of(String name, PrintStream original) {
        return new WatchedStream(name, original);
    }

    PrintStream original() {
        return original;
    }

    private static final class Lines extends OutputStream {
        /** The length of the part of an unfinished line that is scanned at once. */
        private static final int LONGEST = 64 * 1024;

        private final String name;
        private final PrintStream original;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(String name, PrintStream original) {
            this.name = name;
            this.original = original;
        }

        @Override
        public void write(int one) {
            original.write(one);
            look((byte) one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            original.write(bytes, from, length);
            for (int i = from; i < from + length; i++) {
                look(bytes[i]);
            }
        }

        private synchronized void look(byte one) {
            if (one != '\n' && line.size() < LONGEST) {
                line.write(one);
                return;
            }
            LogWatch.look(name, Secrets.in(line.toString(Charset.defaultCharset())));
            line.reset();
        }

        @Override
        public void flush() throws IOException {
            original.flush();
        }
    }
}
