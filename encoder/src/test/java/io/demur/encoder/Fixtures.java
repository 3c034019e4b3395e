package io.demur.encoder;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What {@code training/fixtures.py} wrote. */
record Fixtures(String modelSha256, List<Line> lines) {

    /** One text, and what the trainer's side made of it. */
    record Line(
            boolean exchange,
            String prompt,
            String reply,
            List<Long> tokens,
            int first,
            List<Double> scores) {}

    static Fixtures read() {
        try (InputStream in = requireNonNull(Fixtures.class.getResourceAsStream("fixtures.tsv"))) {
            List<String> lines =
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
            return new Fixtures(lines.get(0), lines.stream().skip(1).map(Fixtures::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String line) {
        String[] cells = line.split("\t", -1);
        int said = Integer.parseInt(cells[2]);
        return new Line(
                said > 0,
                text(cells[1]).repeat(Integer.parseInt(cells[0])),
                text(cells[3]).repeat(said),
                Arrays.stream(cells[4].split(" ", -1)).map(Long::valueOf).toList(),
                Integer.parseInt(cells[5]),
                Arrays.stream(cells[6].split(" ", -1)).map(Double::valueOf).toList());
    }

    private static String text(String quoted) {
        return URLDecoder.decode(quoted.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
