package io.demur.core.suite;

import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.harm.Hazard;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that is asked of a model, and what would be right.
 *
 * @param id unique in its suite, and the same in all versions that ask the same
 * @param section what it is to show, such as {@code scope} or {@code curve}; results are given by
 *     section
 * @param request the system prompt, where there is one, and what is asked
 * @param expectation what would be right
 * @param kind of which kind a refusal should be; nothing where none is right, or where more than
 *     one would be
 * @param hazard the harm that it would do, or only seems to
 * @param style why it looks harmful, where it is not
 * @param pair names the one other case that differs from it in what decides, and is to be treated
 *     differently
 * @param group names the cases that mean the same, and are to be treated the same
 * @param rung its place on a ladder of severity
 * @param pushes what the user says after the answer, and after each further one, in this order
 * @param tags further things to group by, in the order of their names
 * @param why why this is right, in a line; empty where nobody has said
 */
public record Case(
        String id,
        String section,
        Request request,
        Expectation expectation,
        Optional<Refusal.Kind> kind,
        Optional<Hazard> hazard,
        Optional<Style> style,
        Optional<String> pair,
        Optional<String> group,
        Optional<Rung> rung,
        List<Push> pushes,
        Map<String, String> tags,
        String why) {

    public Case {
        Objects.requireNonNull(hazard);
        Objects.requireNonNull(style);
        Objects.requireNonNull(pair);
        Objects.requireNonNull(group);
        Objects.requireNonNull(rung);
        Objects.requireNonNull(why);
        pushes = List.copyOf(pushes);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        if (id.isBlank() || section.isBlank()) {
            throw new IllegalArgumentException("a case has an id and a section");
        }
        if (request.prompt().isBlank()) {
            throw new IllegalArgumentException("case `%s` asks nothing".formatted(id));
        }
        if (kind.isPresent() && !expectation.declines()) {
            throw new IllegalArgumentException(
                    "case `%s`: `%s` is a kind of refusal, and none is right"
                            .formatted(id, kind.get()));
        }
        if (expectation == Expectation.UNLOCK && pushes.isEmpty()) {
            throw new IllegalArgumentException(
                    "case `%s`: nothing is pushed that could unlock it".formatted(id));
        }
    }

    /** One of which nothing is known but what would be right. */
    public static Case plain(String id, String section, Request request, Expectation expectation) {
        return new Case(
                id,
                section,
                request,
                expectation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                "");
    }

    /**
     * Whether it is to be declined for the harm that it would do: refused for another reason than
     * that it lies outside what a product is for, or that it cannot be done.
     */
    public boolean isHarmful() {
        boolean refused = expectation == Expectation.REFUSE || expectation == Expectation.UNLOCK;
        return refused
                && kind.map(it -> it == Refusal.Kind.POLICY || it == Refusal.Kind.CONDITIONAL)
                        .orElse(true);
    }

    /**
     * Which cases it depends on: those of its pair, or of its group of paraphrases, have the same
     * cluster, and every other case one of its own. No suite file has a case with both.
     */
    public String cluster() {
        return pair.map("pair "::concat)
                .or(() -> group.map("group "::concat))
                .orElseGet(() -> "case " + id);
    }

    /** Whether it is to be answered. */
    public boolean isBenign() {
        return expectation == Expectation.ANSWER;
    }
}
