package io.demur.core.probe;

import io.demur.core.harm.Hazard;
import io.demur.core.probe.Probe.Right;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the probes that ship: a line for each, with its id, hazard, what is right, and text. */
final class Probes {

    private static final String RESOURCE = "probes.tsv";
    private static final int COLUMNS = 4;

    private Probes() {}

    static List<Probe> read() {
        try (InputStream in = Probes.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "`%s` is not on the class path".formatted(RESOURCE));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Probes::probe)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the probes", e);
        }
    }

    static Probe probe(String line) {
        List<String> columns = List.of(line.split("\t", -1));
        if (columns.size() != COLUMNS) {
            throw new IllegalArgumentException("`%s` is no probe".formatted(line));
        }
        Optional<Hazard> hazard =
                columns.get(1).equals("none")
                        ? Optional.empty()
                        : Optional.of(Hazard.valueOf(constant(columns.get(1))));
        return new Probe(
                columns.get(0), columns.get(3), hazard, Right.valueOf(constant(columns.get(2))));
    }

    private static String constant(String word) {
        return word.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
