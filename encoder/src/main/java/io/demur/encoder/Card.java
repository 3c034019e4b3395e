package io.demur.encoder;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What stands beside a model: which of its numbers mean what, how text is cut for it, and how its
 * log-odds become probabilities. Written by the trainer.
 *
 * @param version counts up when the model is trained anew
 * @param width how many numbers the model gives for a text
 * @param request tokens kept of the head and of the tail of a request
 * @param exchange tokens kept of the prompt, and of the head and the tail of the reply
 */
record Card(
        int version,
        int width,
        Ends request,
        Exchange exchange,
        Map<String, Head> heads,
        Map<String, List<Double>> calibrations) {

    /** Tokens kept of a text that is longer than both together. */
    record Ends(int head, int tail) {
        int length() {
            return head + tail;
        }
    }

    /** Tokens kept of a prompt and of the reply to it. */
    record Exchange(int prompt, Ends reply) {}

    /**
     * Where the numbers of one head lie.
     *
     * @param from place of its first number
     * @param labels what each of its numbers is about
     */
    record Head(int from, List<String> labels) {}

    Card {
        heads = Map.copyOf(heads);
        calibrations = Map.copyOf(calibrations);
    }

    /**
     * Reads the file.
     *
     * @throws IllegalStateException if a line is missing or damaged
     */
    static Card read(byte[] file) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(new String(file, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("card of the encoder", e);
        }
        Map<String, Head> heads = new HashMap<>();
        Map<String, List<Double>> calibrations = new HashMap<>();
        for (String key : lines.stringPropertyNames()) {
            if (key.startsWith("head.")) {
                List<String> words = words(lines, key);
                heads.put(
                        key.substring("head.".length()),
                        new Head(
                                (int) number(key, words.get(0)),
                                List.copyOf(words.subList(2, words.size()))));
            } else if (key.startsWith("calibration.")) {
                calibrations.put(
                        key.substring("calibration.".length()),
                        words(lines, key).stream().map(word -> number(key, word)).toList());
            }
        }
        int[] request = whole(lines, "cut.request", 2);
        int[] exchange = whole(lines, "cut.exchange", 3);
        return new Card(
                whole(lines, "version", 1)[0],
                whole(lines, "width", 1)[0],
                new Ends(request[0], request[1]),
                new Exchange(exchange[0], new Ends(exchange[1], exchange[2])),
                heads,
                calibrations);
    }

    /**
     * Where a head lies.
     *
     * @throws IllegalStateException if the model has none of this name, or it does not fit
     */
    Head head(String name) {
        Head head = heads.get(name);
        if (head == null || head.from() < 0 || head.from() + head.labels().size() > width) {
            throw new IllegalStateException("card of the encoder: head `%s`".formatted(name));
        }
        return head;
    }

    /**
     * Numbers of a calibration; {@code otherwise} where the card has none.
     *
     * @throws IllegalStateException if there are more or fewer than there should be
     */
    List<Double> calibration(String name, Double... otherwise) {
        List<Double> found = calibrations.getOrDefault(name, Arrays.asList(otherwise));
        if (found.size() != otherwise.length) {
            throw new IllegalStateException(
                    "card of the encoder: `calibration.%s` has %d numbers rather than %d"
                            .formatted(name, found.size(), otherwise.length));
        }
        return found;
    }

    /**
     * Four numbers by which a head is joined with an earlier judge: weights of the earlier judge's
     * log-odds, of the head's and of those of refusal, and the shift. Two numbers on the card are
     * slope and shift of the head alone.
     */
    List<Double> joint(String name) {
        List<Double> found = calibrations.getOrDefault(name, List.of(1.0, 0.0));
        return found.size() == 2
                ? List.of(0.0, found.get(0), 0.0, found.get(1))
                : calibration(name, 0.0, 1.0, 0.0, 0.0);
    }

    private static List<String> words(Properties lines, String key) {
        String line = lines.getProperty(key);
        if (line == null || line.isBlank()) {
            throw new IllegalStateException("card of the encoder: no `%s`".formatted(key));
        }
        return new ArrayList<>(Arrays.asList(line.strip().split("\\s+", -1)));
    }

    private static int[] whole(Properties lines, String key, int count) {
        List<String> words = words(lines, key);
        if (words.size() != count) {
            throw new IllegalStateException(
                    "card of the encoder: `%s` has %d numbers rather than %d"
                            .formatted(key, words.size(), count));
        }
        return words.stream().mapToInt(word -> (int) number(key, word)).toArray();
    }

    private static double number(String key, String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "card of the encoder: `%s`: `%s` is no number".formatted(key, word), e);
        }
    }
}
