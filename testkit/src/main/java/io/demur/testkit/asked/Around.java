package io.demur.testkit.asked;

import io.demur.testkit.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * One group of {@code data/around}: a request that is refused, the same request in other words,
 * other languages and in pieces, and harmless requests from the same topic.
 *
 * @param hazard in small letters; {@code none} where a careless model refuses what is harmless
 * @param translations by the code of their language
 */
public record Around(
        String id,
        String hazard,
        String request,
        List<String> paraphrases,
        Map<String, String> translations,
        List<String> split,
        List<String> neighbours) {

    /** The languages of the translations. */
    public static final List<String> LANGUAGES = List.of("de", "fr", "es", "it", "pt");

    /** Of writers whom nothing is learnt from. */
    private static final List<String> FRESH = List.of("q-", "x-", "z-");

    /** Of further writers, added when the halves were settled, so that several are learnt from. */
    private static final List<String> FURTHER = List.of("r-", "t-", "u-", "w-", "y-");

    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern FIELD =
            Pattern.compile(
                    "\"([a-z]+)\": (\\[.*?\"]|\"(?:[^\"\\\\]|\\\\.)*\")(?=, \"[a-z]+\": |}$)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-f]{4}|.)");

    /** All of them, in a fixed order. */
    public static List<Around> all() {
        try (Stream<Path> files = Files.list(Repository.root().resolve("data/around"))) {
            List<Around> all = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                Files.readAllLines(file).forEach(line -> all.add(read(line)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that limits and weights may be chosen on, or those that figures are reported of. */
    public static List<Around> half(boolean report) {
        return all().stream()
                .filter(group -> !group.isFresh() && group.isForReport() == report)
                .toList();
    }

    /** Those of other writers that nothing is learnt or chosen from, to see whether it holds. */
    public static List<Around> fresh() {
        return all().stream().filter(Around::isFresh).toList();
    }

    /** What its id begins with: of fresh groups, who wrote them. */
    public String writer() {
        return id.substring(0, id.indexOf('-'));
    }

    private boolean isFresh() {
        return FRESH.stream().anyMatch(id::startsWith);
    }

    /** By its id alone, so that the halves stay what they are when groups are added. */
    public boolean isForReport() {
        if (FURTHER.stream().anyMatch(id::startsWith)) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return (crc.getValue() >>> 8 & 1) == 1;
    }

    private static Around read(String line) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(line);
        while (field.find()) {
            fields.put(
                    field.group(1),
                    STRING.matcher(field.group(2))
                            .results()
                            .map(found -> unescaped(found.group(1)))
                            .toList());
        }
        Map<String, String> translations = new LinkedHashMap<>();
        LANGUAGES.forEach(code -> translations.put(code, of(fields, code).getFirst()));
        return new Around(
                of(fields, "id").getFirst(),
                of(fields, "hazard").getFirst(),
                of(fields, "request").getFirst(),
                of(fields, "paraphrase"),
                translations,
                of(fields, "split"),
                of(fields, "neighbours"));
    }

    private static List<String> of(Map<String, List<String>> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(
                        escape -> {
                            String what = escape.group(1);
                            return Matcher.quoteReplacement(
                                    switch (what.charAt(0)) {
                                        case 'n' -> "\n";
                                        case 't' -> "\t";
                                        case 'r' -> "\r";
                                        case 'u' ->
                                                String.valueOf(
                                                        (char)
                                                                Integer.parseInt(
                                                                        what.substring(1), 16));
                                        default -> what;
                                    });
                        });
    }
}
