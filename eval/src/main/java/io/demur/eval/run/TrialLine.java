package io.demur.eval.run;

import io.demur.core.JudgeId;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.suite.Case;
import io.demur.eval.Word;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A trial as it stands in a run file: {@code docs/reference/runs.md}. */
final class TrialLine {

    private TrialLine() {}

    static Map<String, @Nullable Object> fields(Trial trial) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("case", trial.of().id());
        fields.put("epoch", trial.epoch());
        fields.put("variant", trial.variant());
        fields.put("rounds", trial.rounds().stream().map(TrialLine::round).toList());
        trial.failure().ifPresent(it -> fields.put("failure", failure(it)));
        if (!trial.lost().equals(Usage.NONE)) {
            fields.put("lost", usage(trial.lost()));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> round(Round round) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("text", round.response().text());
        fields.put("stop", stop(round.response().stop()));
        fields.put("verdict", VerdictLine.fields(round.verdict()));
        fields.put("judge", judge(round.by()));
        round.pHarm().ifPresent(it -> fields.put("p_harm", it));
        round.usage().ifPresent(it -> fields.put("usage", usage(it)));
        fields.put("latency_micros", micros(round.latency()));
        if (!round.model().isEmpty()) {
            fields.put("model", round.model());
        }
        round.fingerprint().ifPresent(it -> fields.put("fingerprint", it));
        if (round.free()) {
            fields.put("free", true);
        }
        return fields;
    }

    static Map<String, @Nullable Object> stop(StopReason stop) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        switch (stop) {
            case StopReason.End end -> fields.put("t", "end");
            case StopReason.Length length -> fields.put("t", "length");
            case StopReason.ToolCall call -> fields.put("t", "tool-call");
            case StopReason.Unstated unstated -> fields.put("t", "unstated");
            case StopReason.Refusal refusal -> {
                fields.put("t", "refusal");
                fields.put("signal", refusal.signal());
                refusal.category().ifPresent(it -> fields.put("category", it));
            }
            case StopReason.ContentFilter filter -> {
                fields.put("t", "content-filter");
                fields.put("signal", filter.signal());
                filter.category().ifPresent(it -> fields.put("category", it));
            }
            case StopReason.Failed failed -> {
                fields.put("t", "failed");
                fields.put("message", failed.message());
            }
        }
        return fields;
    }

    static Map<String, @Nullable Object> judge(JudgeId judge) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", judge.name());
        fields.put("version", judge.version());
        fields.put("sha256", judge.sha256());
        return fields;
    }

    static Map<String, @Nullable Object> usage(Usage usage) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("input", usage.input());
        fields.put("output", usage.output());
        return fields;
    }

    private static Map<String, @Nullable Object> failure(Failure failure) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("kind", Word.of(failure.kind()));
        if (failure.status() > 0) {
            fields.put("status", failure.status());
        }
        fields.put("message", failure.message());
        return fields;
    }

    static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }

    /**
     * A trial.
     *
     * @param cases by their ids
     */
    static Trial read(Told told, Function<String, Case> cases) {
        return new Trial(
                cases.apply(told.text("case")),
                told.small("epoch"),
                told.text("variant"),
                told.objects("rounds").stream().map(TrialLine::round).toList(),
                told.maybeObject("failure").map(TrialLine::failure),
                told.maybeObject("lost").map(TrialLine::usage).orElse(Usage.NONE));
    }

    private static Round round(Told told) {
        return new Round(
                new Response(told.text("text"), stop(told.object("stop"))),
                VerdictLine.read(told.object("verdict")),
                judge(told.object("judge")),
                told.maybeNumber("p_harm"),
                told.maybeObject("usage").map(TrialLine::usage),
                Duration.of(told.whole("latency_micros"), ChronoUnit.MICROS),
                told.textOrEmpty("model"),
                told.maybeText("fingerprint"),
                told.isTrue("free"));
    }

    static Usage usage(Told told) {
        return new Usage(told.whole("input"), told.whole("output"));
    }

    static JudgeId judge(Told told) {
        return new JudgeId(told.text("name"), told.small("version"), told.text("sha256"));
    }

    static StopReason stop(Told told) {
        Optional<String> category = told.maybeText("category");
        String word = told.text("t");
        return switch (word) {
            case "end" -> StopReason.END;
            case "length" -> StopReason.LENGTH;
            case "tool-call" -> StopReason.TOOL_CALL;
            case "unstated" -> StopReason.UNSTATED;
            case "refusal" -> new StopReason.Refusal(told.text("signal"), category);
            case "content-filter" -> new StopReason.ContentFilter(told.text("signal"), category);
            case "failed" -> new StopReason.Failed(told.text("message"));
            default ->
                    throw new IllegalArgumentException("no answer stops by `%s`".formatted(word));
        };
    }

    private static Failure failure(Told told) {
        return new Failure(
                Word.read(Failure.Kind.class, told.text("kind")),
                told.has("status") ? told.small("status") : 0,
                told.text("message"));
    }
}
