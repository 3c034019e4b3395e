package io.demur.eval.teach;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.suite.Case;
import io.demur.core.suite.Suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What suites ask, so that no model learns what it is measured by. A request is in a suite where it
 * has {@value #ALIKE} of its runs of five letters in common with one of the suite's, or holds
 * nearly all of one that is long enough to be told by them. Immutable.
 */
public final class Contamination {

    private static final double ALIKE = 0.7;
    private static final double HELD = 0.9;
    private static final int HELD_MIN = 30;

    private final Set<String> prompts = new HashSet<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Map<Integer, List<Integer>> having = new HashMap<>();

    /** Of no suites: nothing is in it. */
    public static final Contamination NONE = new Contamination(List.of());

    public Contamination(List<Suite> suites) {
        for (Suite suite : suites) {
            for (Case each : suite.cases()) {
                each.request().messages().stream()
                        .filter(message -> message.role() == Role.USER)
                        .forEach(message -> add(message.text()));
            }
        }
    }

    private void add(String prompt) {
        if (!prompts.add(Shingles.plain(prompt))) {
            return;
        }
        int[] shingles = Shingles.of(prompt, 0);
        int number = sizes.size();
        sizes.add(shingles.length);
        for (int shingle : shingles) {
            having.computeIfAbsent(shingle, s -> new ArrayList<>()).add(number);
        }
    }

    /** Whether anything that a user says in a conversation is in a suite, or nearly. */
    public boolean holds(Request request) {
        return request.messages().stream()
                .filter(message -> message.role() == Role.USER)
                .map(Message::text)
                .anyMatch(this::holds);
    }

    private boolean holds(String prompt) {
        if (prompts.contains(Shingles.plain(prompt))) {
            return true;
        }
        int[] shingles = Shingles.of(prompt, 0);
        Map<Integer, Integer> shared = new HashMap<>();
        for (int shingle : shingles) {
            for (int number : having.getOrDefault(shingle, List.of())) {
                shared.merge(number, 1, Integer::sum);
            }
        }
        return shared.entrySet().stream()
                .anyMatch(each -> near(each.getValue(), shingles.length, sizes.get(each.getKey())));
    }

    private static boolean near(int shared, int here, int there) {
        return shared >= ALIKE * (here + there - shared)
                || (there >= HELD_MIN && shared >= HELD * there);
    }
}
