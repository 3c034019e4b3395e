package io.demur.cli;

import io.demur.eval.PlainText;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The process's own streams, as UTF-8 whatever the machine's locale. */
final class Terminal {

    private Terminal() {}

    /** A stream to standard error that writes at once. */
    static PrintStream err() {
        return new PrintStream(
                new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    /** The same for what may repeat a command line: no key of a caller is ever repeated. */
    static String keyless(String said) {
        return plain(said).replaceAll("dmr_\\w+", "dmr_…");
    }

    /** Words for a terminal: nothing that a file or its name holds may steer it. */
    static String plain(Object said) {
        return PlainText.of(said.toString());
    }

    /** A text in lines of so many characters at the most, the breaks of its own kept. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String rest = line.strip();
            while (rest.length() > width) {
                int space = rest.lastIndexOf(' ', width);
                int at = space > 0 ? space : width;
                lines.add(rest.substring(0, at));
                rest = rest.substring(at).strip();
            }
            lines.add(rest);
        }
        return lines;
    }
}
