package io.demur.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** One thing to read: a file, or a stream such as standard input. */
public final class Input {

    /** How standard input is named. */
    public static final String STDIN = "-";

    /** Gives the bytes; may be asked once for a stream. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    private final String name;
    private final OptionalLong bytes;
    private final Opener opener;

    private Input(String name, OptionalLong bytes, Opener opener) {
        this.name = name;
        this.bytes = bytes;
        this.opener = opener;
    }

    /** A file, named as the user named it. */
    public static Input of(Path path) {
        return new Input(path.toString(), size(path), () -> Files.newInputStream(path));
    }

    /**
     * A stream, which is closed after reading.
     *
     * @param name {@link #STDIN} for standard input
     */
    public static Input of(String name, Opener opener) {
        return new Input(name, OptionalLong.empty(), opener);
    }

    /** As the user named it. */
    public String name() {
        return name;
    }

    /** How many bytes it has, compressed or not, as it lies there; unknown for streams. */
    public OptionalLong bytes() {
        return bytes;
    }

    InputStream open() throws IOException {
        return opener.open();
    }

    /** The name without folders and without {@code .gz}; empty for standard input. */
    String fileName() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        String plain = last.endsWith(".gz") ? last.substring(0, last.length() - 3) : last;
        return plain.equals(STDIN) ? "" : plain;
    }

    @Override
    public String toString() {
        return name;
    }

    private static OptionalLong size(Path path) {
        try {
            return Files.isRegularFile(path)
                    ? OptionalLong.of(Files.size(path))
                    : OptionalLong.empty();
        } catch (IOException e) {
            // It shows when the file is opened, with a message.
            return OptionalLong.empty();
        }
    }
}
