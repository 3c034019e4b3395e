package io.demur.desk;

import io.demur.core.Request;
import io.demur.core.probe.Probe;
import io.demur.core.probe.ProbeSuite;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.core.rehearsal.Setting;
import io.demur.core.rehearsal.Step;
import io.demur.record.json.Json;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Cases whose right decision is known: one of the probes that ship, answered by the rehearsal
 * model, which describes and never instructs. Reviewers see a sample like any other.
 */
public final class Seeded {

    private static final String PROBE = "probe";

    private Seeded() {}

    /** What a case that is opened under some id is about. */
    static Json.Obj about(Lot lot, String id) {
        List<Probe> probes = ProbeSuite.shipped().probes();
        String probe = probes.get(lot.one("seeded case", id, probes.size())).id();
        return new Json.Obj(new TreeMap<>(Map.of(PROBE, new Json.Str(probe))));
    }

    /** The right decision; nothing where the case is none of these, or its probe ships no more. */
    static Optional<String> right(ReviewCase it) {
        return probe(it)
                .map(
                        probe ->
                                switch (probe.right()) {
                                    case ANSWER -> "confirm";
                                    case KEEP_BACK -> "overturn";
                                });
    }

    /** What was asked; nothing where the case is none of these. */
    public static Optional<String> asked(ReviewCase it) {
        return probe(it).map(Probe::text);
    }

    /** What was answered; nothing where the case is none of these. */
    public static Optional<String> answered(ReviewCase it) {
        return asked(it).map(Seeded::answer);
    }

    private static String answer(String text) {
        StringBuilder answer = new StringBuilder();
        for (Step step : Rehearsal.shipped().answer(Request.of(text), Setting.PLAIN)) {
            if (step instanceof Step.Text more) {
                answer.append(more.piece());
            }
        }
        return answer.toString();
    }

    private static Optional<Probe> probe(ReviewCase it) {
        return it.kind() == Kind.SEEDED
                        && it.about().fields().get(PROBE) instanceof Json.Str(String id)
                ? ProbeSuite.shipped().probes().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                : Optional.empty();
    }
}
