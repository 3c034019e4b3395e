package io.demur.core.compose;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Bearer;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Grounds;
import io.demur.core.policy.Term;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tries a policy's own words before anybody is told them: in each language that has any, refusals
 * of every kind for every hazard are composed with them and held to {@link Criteria}.
 */
public final class WordingTrial {

    /**
     * A criterion that is not met.
     *
     * @param criterion as {@link Criteria} says it
     * @param text the first refusal that falls short
     */
    public record Breach(Tongue tongue, String criterion, String text) {
        public Breach {
            Objects.requireNonNull(tongue);
        }
    }

    private static final Reference REFERENCE =
            new Reference("att_1", Optional.of("https://appeals.example/att_1"), Optional.empty());

    /** What a service may say that it is for. */
    private static final Purpose PURPOSE =
            new Purpose(
                    "This service is for customers of the bank.",
                    List.of("How do I block my card?", "What is the interest on savings?"));

    /** What nothing can be named of. */
    private static final String BLANK = "?";

    private final Wording wording;
    private final Tongue tongue;
    private final Map<String, Breach> breaches = new TreeMap<>();

    /** Of each text the longest stretch that holds no placeholder. */
    private final List<String> pieces;

    private WordingTrial(Wording wording, Tongue tongue) {
        this.wording = wording;
        this.tongue = tongue;
        pieces =
                wording.texts().getOrDefault(tongue, Map.of()).values().stream()
                        .map(WordingTrial::piece)
                        .toList();
    }

    private static String piece(String text) {
        return Phrases.PLACEHOLDER
                .splitAsStream(text)
                .max(Comparator.comparing(String::length))
                .orElse(text);
    }

    /** What falls short, each criterion once for each language. */
    public static List<Breach> of(Wording wording) {
        List<Breach> breaches = new ArrayList<>();
        wording.texts()
                .forEach(
                        (tongue, own) -> {
                            if (!own.isEmpty()) {
                                WordingTrial trial = new WordingTrial(wording, tongue);
                                trial.compose(own);
                                breaches.addAll(trial.breaches.values());
                            }
                        });
        return breaches;
    }

    private void compose(Map<String, String> own) {
        List<Assessment> assessments = new ArrayList<>();
        List.of(Hazard.values()).forEach(hazard -> assessments.add(judged(Map.of(hazard, 0.9))));
        // where the hazard is not clear, where none is named, and where nobody could judge
        assessments.add(judged(Map.of(Hazard.HATE, 0.2)));
        assessments.add(judged(Map.of()));
        assessments.add(new Assessment.Unjudged(Assessment.Unjudged.Reason.LATE, ""));
        List<Request> requests = new ArrayList<>(List.of(Request.of(BLANK)));
        for (Shape shape : Shape.values()) {
            String key = Keys.alternative(Keys.ground(Hazard.PRIVACY), shape);
            requests.add(Request.of(Phrases.of(tongue).text(key)));
        }
        for (Decision decision : decisions(own)) {
            for (Assessment assessment : assessments) {
                for (Request request : requests) {
                    compose(request, assessment, decision);
                }
            }
        }
    }

    private void compose(Request request, Assessment assessment, Decision decision) {
        for (Occasion.Scope scope : Occasion.Scope.values()) {
            Reference reference =
                    scope == Occasion.Scope.REQUEST ? REFERENCE : Reference.to(REFERENCE.attempt());
            compose(new Occasion(request, assessment, decision, scope), reference);
            if (decision instanceof Decision.Refuse refuse && refuse.kind() == Refusal.Kind.SCOPE) {
                Optional<Purpose> purpose = Optional.of(PURPOSE);
                compose(new Occasion(request, assessment, decision, scope, purpose), reference);
            }
        }
    }

    private void compose(Occasion occasion, Reference reference) {
        Composed composed = Composer.compose(occasion, wording, reference, tongue);
        if (pieces.stream().noneMatch(composed.text()::contains)) {
            return; // nothing of it is the policy's
        }
        for (String criterion : Criteria.breaches(composed, tongue)) {
            breaches.putIfAbsent(criterion, new Breach(tongue, criterion, composed.text()));
        }
    }

    private static List<Decision> decisions(Map<String, String> own) {
        Grounds grounds =
                new Grounds(List.of("rule"), Optional.empty(), consequence(), Optional.empty());
        List<Decision> decisions = new ArrayList<>();
        for (Refusal.Kind kind : Refusal.Kind.values()) {
            decisions.add(new Decision.Refuse(kind, grounds));
        }
        decisions.add(new Decision.Hold(grounds));
        Grounds again = Grounds.of(List.of(Grounds.RESENT + "att_1"));
        decisions.add(new Decision.Refuse(Refusal.Kind.POLICY, again));
        decisions.add(new Decision.Hold(again));
        List<String> terms = new ArrayList<>(List.of("count-harm", "other"));
        own.keySet().stream()
                .filter(key -> key.startsWith(Keys.TERM))
                .map(key -> key.substring(Keys.TERM.length()))
                .forEach(terms::add);
        for (String term : terms) {
            decisions.add(new Decision.Condition(List.of(new Term(term, "-")), grounds));
        }
        return decisions;
    }

    private static Assessment judged(Map<Hazard, Double> hazards) {
        return new Assessment.Judged(
                0.97, hazards, consequence(), new JudgeId("trial", 1, "0".repeat(64)));
    }

    private static Consequence consequence() {
        return new Consequence(
                List.of(Bearer.PUBLIC.words()),
                "people are hurt",
                Severity.SERIOUS,
                Consequence.Reversibility.PARTLY,
                Consequence.Reach.MANY,
                true);
    }
}
