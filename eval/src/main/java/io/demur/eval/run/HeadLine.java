package io.demur.eval.run;

import io.demur.core.JudgeId;
import io.demur.core.suite.Case;
import io.demur.core.suite.Suite;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The first line of a run file. */
final class HeadLine {

    /** Of what stands in run files. */
    static final int VERSION = 1;

    private HeadLine() {}

    static Map<String, @Nullable Object> fields(Run run) {
        Plan plan = run.plan();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("v", VERSION);
        fields.put("id", run.id());
        Map<String, @Nullable Object> suite = new LinkedHashMap<>();
        suite.put("name", run.suite().name());
        suite.put("version", run.suite().version());
        suite.put("description", run.suite().description());
        suite.put("digest", run.suiteDigest());
        fields.put("suite", suite);
        fields.put("cases", run.suite().cases().size());
        fields.put("target", plan.target());
        fields.put("model", plan.model());
        plan.sampling().temperature().ifPresent(it -> fields.put("temperature", it));
        plan.sampling().seed().ifPresent(it -> fields.put("seed", it));
        fields.put("max_tokens", plan.sampling().tokensMax());
        fields.put("epochs", plan.epochs());
        fields.put("variants", plan.variants().stream().map(HeadLine::variant).toList());
        fields.put("judges", plan.judges().stream().map(TrialLine::judge).toList());
        fields.put("started", run.started().toString());
        return fields;
    }

    private static Map<String, @Nullable Object> variant(Variant variant) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", variant.name());
        variant.system().ifPresent(it -> fields.put("system", it));
        return fields;
    }

    /** How many cases follow. */
    static int cases(Told told) {
        long version = told.whole("v");
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "the run is of version `%d`; this Demur reads %d".formatted(version, VERSION));
        }
        return told.small("cases");
    }

    /** A run of which only its beginning is known. */
    static Run read(Told told, List<Case> cases) {
        Told suite = told.object("suite");
        List<JudgeId> judges = told.objects("judges").stream().map(TrialLine::judge).toList();
        Sampling sampling =
                new Sampling(
                        told.maybeNumber("temperature"),
                        told.has("seed")
                                ? OptionalLong.of(told.whole("seed"))
                                : OptionalLong.empty(),
                        told.small("max_tokens"));
        return new Run(
                told.text("id"),
                new Suite(
                        suite.text("name"),
                        suite.text("version"),
                        suite.text("description"),
                        cases),
                suite.text("digest"),
                new Plan(
                        told.text("target"),
                        told.text("model"),
                        sampling,
                        told.small("epochs"),
                        told.objects("variants").stream()
                                .map(it -> new Variant(it.text("name"), it.maybeText("system")))
                                .toList(),
                        judges),
                Instant.parse(told.text("started")),
                Optional.empty(),
                List.of());
    }
}
