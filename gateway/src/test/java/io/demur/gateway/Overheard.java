package io.demur.gateway;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that the program says on its standard streams and in its log, whoever writes that. */
final class Overheard implements AutoCloseable {

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final Handler handler = new Ear();

    Overheard() {
        System.setOut(both(out));
        System.setErr(both(err));
        Logger.getLogger("").addHandler(handler);
    }

    private PrintStream both(PrintStream stream) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        stream.write(b);
                        heard.write(b);
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    String text() {
        return heard.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        Logger.getLogger("").removeHandler(handler);
    }

    private final class Ear extends Handler {
        @Override
        public void publish(LogRecord said) {
            byte[] text = new SimpleFormatter().format(said).getBytes(StandardCharsets.UTF_8);
            heard.writeBytes(text);
        }

        @Override
        public void flush() {
            // nothing waits
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
