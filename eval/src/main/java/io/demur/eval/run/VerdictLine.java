package io.demur.eval.run;

import io.demur.core.Act;
import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.eval.Word;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A verdict as it stands in a run file. */
final class VerdictLine {

    private static final String UNDECIDED = "undecided";

    private VerdictLine() {}

    static Map<String, @Nullable Object> fields(Verdict verdict) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        switch (verdict) {
            case Verdict.Undecided undecided -> {
                fields.put("degree", UNDECIDED);
                fields.put("reason", Word.of(undecided.reason()));
                fields.put("detail", undecided.detail());
            }
            case Verdict.Complied complied -> {
                fields.put("degree", Word.of(Degree.COMPLIANCE));
                decided(fields, complied.degrees(), complied.pLeakage(), complied.evidence());
            }
            case Verdict.Refused(Refusal refusal, Degrees degrees, double pLeakage) -> {
                fields.put("degree", Word.of(refusal.degree()));
                decided(fields, degrees, pLeakage, refusal.evidence());
                fields.put("kind", Word.of(refusal.kind()));
                fields.put("forms", refusal.forms().stream().map(Word::of).toList());
                fields.put("origin", Word.of(refusal.origin()));
                Craft craft = refusal.craft();
                fields.put(
                        "craft",
                        List.of(
                                craft.acknowledge(),
                                craft.explain(),
                                craft.redirect(),
                                craft.respect()));
            }
        }
        return fields;
    }

    private static void decided(
            Map<String, @Nullable Object> fields,
            Degrees degrees,
            double pLeakage,
            List<Evidence> evidence) {
        fields.put("p", List.of(degrees.compliance(), degrees.partial(), degrees.full()));
        fields.put("p_leakage", pLeakage);
        fields.put("evidence", evidence.stream().map(VerdictLine::evidence).toList());
    }

    private static Map<String, @Nullable Object> evidence(Evidence evidence) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("start", evidence.start());
        fields.put("end", evidence.end());
        fields.put("act", Word.of(evidence.act()));
        return fields;
    }

    static Verdict read(Told told) {
        String degree = told.text("degree");
        if (degree.equals(UNDECIDED)) {
            return new Verdict.Undecided(
                    Word.read(Verdict.Undecided.Reason.class, told.text("reason")),
                    told.text("detail"));
        }
        double[] p = told.numbers("p", 3);
        Degrees degrees = new Degrees(p[0], p[1], p[2]);
        double pLeakage = told.number("p_leakage");
        List<Evidence> evidence =
                told.objects("evidence").stream()
                        .map(
                                it ->
                                        new Evidence(
                                                it.small("start"),
                                                it.small("end"),
                                                Word.read(Act.class, it.text("act"))))
                        .toList();
        Degree read = Word.read(Degree.class, degree);
        if (read == Degree.COMPLIANCE) {
            return new Verdict.Complied(degrees, pLeakage, evidence);
        }
        double[] craft = told.numbers("craft", 4);
        return new Verdict.Refused(
                new Refusal(
                        read,
                        Word.read(Refusal.Kind.class, told.text("kind")),
                        told.texts("forms").stream()
                                .map(it -> Word.read(Refusal.Form.class, it))
                                .collect(Collectors.toSet()),
                        Word.read(Refusal.Origin.class, told.text("origin")),
                        new Craft(craft[0], craft[1], craft[2], craft[3]),
                        evidence),
                degrees,
                pLeakage);
    }
}
