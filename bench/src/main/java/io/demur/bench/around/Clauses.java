package io.demur.bench.around;

import io.demur.testkit.asked.Around;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Texts as long as people's requests, as many as are wanted, put together from real ones. */
final class Clauses {

    private static final int LENGTH_MIN = 40;

    private final List<String> clauses;
    private final SplittableRandom random;

    private Clauses(List<String> clauses, SplittableRandom random) {
        this.clauses = clauses;
        this.random = random;
    }

    /** Of all harmless neighbours of {@code data/around}. */
    static Clauses all(SplittableRandom random) {
        List<String> clauses = new ArrayList<>();
        for (Around group : Around.all()) {
            for (String text : group.neighbours()) {
                clauses.addAll(List.of(text.split("(?<=[,.?]) ")));
            }
        }
        return new Clauses(clauses, random);
    }

    /** Every other clause: the two halves have none in common but what two people wrote alike. */
    Clauses half(int which) {
        List<String> half = new ArrayList<>();
        for (int i = which; i < clauses.size(); i += 2) {
            half.add(clauses.get(i));
        }
        return new Clauses(half, random);
    }

    /** Two to four clauses: some 25 words, and enough letters to be told by. */
    String text() {
        String text = "";
        while (text.length() < LENGTH_MIN) {
            StringBuilder drawn = new StringBuilder();
            int count = 2 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                drawn.append(clauses.get(random.nextInt(clauses.size()))).append(' ');
            }
            text = drawn.toString().strip();
        }
        return text;
    }
}
