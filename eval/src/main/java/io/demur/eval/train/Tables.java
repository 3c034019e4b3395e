package io.demur.eval.train;

import io.demur.core.harm.Bearer;
import io.demur.core.harm.Hazard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which hazard a category of a source names, and which group of bearers a word: {@code hazards.tsv}
 * and {@code bearers.tsv} beside this class, which the encoder's training reads too.
 */
final class Tables {

    private final List<String[]> hazards;
    private final Map<String, Bearer> bearers = new LinkedHashMap<>();

    private Tables(List<String[]> hazards, List<String[]> bearerRows) {
        this.hazards = hazards;
        for (String[] row : bearerRows) {
            bearers.put(row[0], Bearer.valueOf(row[1].toUpperCase(Locale.ROOT)));
        }
    }

    static Tables read() throws IOException {
        return new Tables(rows("hazards.tsv"), rows("bearers.tsv"));
    }

    /** The first row whose source and category begin like these. */
    Optional<Hazard> hazard(String source, String category) {
        return hazards.stream()
                .filter(row -> source.startsWith(row[0]) && category.startsWith(row[1]))
                .findFirst()
                .map(row -> Hazard.valueOf(row[2]));
    }

    /**
     * The groups that words name.
     *
     * @param words with spaces between them; some are made of several words, and the longest that
     *     is known counts
     */
    Set<Bearer> bearers(String words) {
        Set<Bearer> groups = EnumSet.noneOf(Bearer.class);
        String left = words.strip();
        while (!left.isEmpty()) {
            String known = "";
            for (String word : bearers.keySet()) {
                boolean begins = (left + " ").startsWith(word + " ");
                known = begins && word.length() > known.length() ? word : known;
            }
            groups.add(bearers.getOrDefault(known, Bearer.OTHERS));
            int end = known.isEmpty() ? (left + " ").indexOf(' ') : known.length();
            left = left.substring(end).strip();
        }
        return groups;
    }

    private static List<String[]> rows(String name) throws IOException {
        try (InputStream in = Tables.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("`%s` is not on the class path".formatted(name));
            }
            List<String[]> rows = new ArrayList<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    rows.add(line.split("\t", -1));
                }
            }
            return rows;
        }
    }
}
