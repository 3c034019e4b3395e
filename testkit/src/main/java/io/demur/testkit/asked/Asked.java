package io.demur.testkit.asked;

import io.demur.testkit.Repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests to measure the memory with: those of {@code frames.txt}, and those of the project's own
 * corpus, in two halves. What belongs together in the corpus is in one half.
 */
public final class Asked {

    private static final Pattern PROMPT = Pattern.compile("\"prompt\": \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-f]{4}|.)");
    private static final Pattern ID = Pattern.compile("\"id\": \"[a-z_]+-(\\d+)\"");

    /** Rows of the corpus that stand next to each other and belong together. */
    private static final int NEIGHBOURHOOD = 4;

    private Asked() {}

    /** From the frames, what is to be refused ({@code !}) or is harmless ({@code +}). */
    public static List<String> framed(char mark) {
        List<String> found = new ArrayList<>();
        String frame = "";
        for (String line : resource().lines().toList()) {
            if (line.startsWith("! ") || line.startsWith("+ ")) {
                for (String filling : line.substring(2).split(" \\| ", -1)) {
                    if (line.charAt(0) == mark) {
                        found.add(frame.replace("{}", filling));
                    }
                }
            } else if (!line.startsWith("#")) {
                frame = line;
            }
        }
        return found;
    }

    private static String resource() {
        try (InputStream in = Asked.class.getResourceAsStream("frames.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * From the corpus, each request once.
     *
     * @param label {@code harmful} or {@code benign}
     * @param half 0, on which limits were chosen, or 1
     */
    public static List<String> corpus(String label, int half) {
        LinkedHashSet<String> found = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(Repository.root().resolve("data/own"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher prompt = PROMPT.matcher(line);
                    Matcher id = ID.matcher(line);
                    if (line.contains("\"prompt_label\": \"" + label + "\"")
                            && prompt.find()
                            && id.find()
                            && (Integer.parseInt(id.group(1)) - 1) / NEIGHBOURHOOD % 2 == half) {
                        found.add(unescaped(prompt.group(1)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(found);
    }

    private static String unescaped(String json) {
        return ESCAPE.matcher(json)
                .replaceAll(
                        escape -> {
                            String of = escape.group(1);
                            return Matcher.quoteReplacement(
                                    switch (of.charAt(0)) {
                                        case 'n' -> "\n";
                                        case 't' -> "\t";
                                        case 'r' -> "\r";
                                        case 'u' ->
                                                Character.toString(
                                                        (char) Integer.parseInt(of, 1, 5, 16));
                                        default -> of;
                                    });
                        });
    }
}
