package io.demur.files;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names in the order of their likeness to one that was misspelt. */
public final class Nearest {

    private static final int SHOWN_MAX = 20;

    private Nearest() {}

    /** The names, the most similar first; equally similar ones keep their order. */
    public static List<String> first(String wanted, Collection<String> names) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return names.stream()
                .sorted(
                        Comparator.comparingInt(
                                name -> distance(lower, name.toLowerCase(Locale.ROOT))))
                .toList();
    }

    /** Names in backticks for a message; of very many, the first. */
    public static String list(Collection<String> names) {
        String shown =
                names.stream()
                        .limit(SHOWN_MAX)
                        .map(name -> "`" + cut(name) + "`")
                        .collect(Collectors.joining(", "));
        return names.size() > SHOWN_MAX
                ? shown + " and %d more".formatted(names.size() - SHOWN_MAX)
                : shown;
    }

    private static String cut(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }

    /** Levenshtein's, less one half for a name that holds the other. */
    private static int distance(String a, String b) {
        String left = cut(a);
        String right = cut(b);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int same = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                int next = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + same);
                diagonal = row[j];
                row[j] = next;
            }
        }
        int distance = row[right.length()];
        return left.contains(right) || right.contains(left) ? distance / 2 : distance;
    }
}
