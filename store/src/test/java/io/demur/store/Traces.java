package io.demur.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks for any sixteen bytes in a row of given secrets, in every file of a folder. */
final class Traces {

    private static final int WINDOW = 16;

    /** By the upper bits of a product with this it is known where no window begins. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int BITS = 26;

    private record Window(long first, long second) {}

    private final Map<Window, String> windows = new HashMap<>();
    private final BitSet begins = new BitSet(1 << BITS);

    synchronized void add(String what, byte[] secret) {
        ByteBuffer buffer = ByteBuffer.wrap(secret);
        for (int i = 0; i + WINDOW <= secret.length; i++) {
            windows.put(new Window(buffer.getLong(i), buffer.getLong(i + 8)), what);
            begins.set(place(buffer.getLong(i)));
        }
    }

    private static int place(long first) {
        return (int) ((first * SPREAD) >>> -BITS);
    }

    /** Adds a secret, and it as people write such things down. */
    void addWritten(String what, byte[] secret) {
        add(what, secret);
        String hex = HexFormat.of().formatHex(secret);
        add(what + " in hex", hex.getBytes(StandardCharsets.US_ASCII));
        add(what + " in HEX", hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        add(what + " in base 64", Base64.getEncoder().withoutPadding().encode(secret));
        add(what + " in base 64", Base64.getUrlEncoder().withoutPadding().encode(secret));
    }

    /** What was found, and in which file. */
    Set<String> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        Set<String> found = new TreeSet<>();
        for (Path file : files) {
            ByteBuffer bytes = ByteBuffer.wrap(content(file));
            for (int i = 0; i + WINDOW <= bytes.limit(); i++) {
                long first = bytes.getLong(i);
                if (!begins.get(place(first))) {
                    continue;
                }
                String what = windows.get(new Window(first, bytes.getLong(i + 8)));
                if (what != null) {
                    found.add(what + " in " + file.getFileName());
                }
            }
        }
        return found;
    }

    /** A server that runs removes files of its own meanwhile; in those nothing is left. */
    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }
}
