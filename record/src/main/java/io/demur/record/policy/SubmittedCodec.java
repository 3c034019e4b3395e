package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What became of a statement, as one process tells another. What is in force afterwards is not in
 * it: that is read from the log, by whoever wants to know.
 */
public final class SubmittedCodec {

    private static final String RESULT = "result";

    private SubmittedCodec() {}

    /** The bytes that say it. */
    public static byte[] write(Submitted submitted) {
        TreeMap<String, Json> fields = new TreeMap<>();
        switch (submitted) {
            case Submitted.Activated done -> fields.put(RESULT, new Json.Str("activated"));
            case Submitted.NeedsApproval open -> {
                fields.put(RESULT, new Json.Str("needs-approval"));
                fields.put("signed", texts(open.signed()));
                fields.put("could-approve", texts(open.couldApprove()));
            }
            case Submitted.Waiting waiting -> {
                fields.put(RESULT, new Json.Str("waiting"));
                fields.put("from", micros(waiting.from()));
                if (!waiting.expires().equals(Instant.MAX)) {
                    fields.put("expires", micros(waiting.expires()));
                }
            }
            case Submitted.Rejected rejected -> {
                fields.put(RESULT, new Json.Str("rejected"));
                fields.put(
                        "problems",
                        new Json.Arr(
                                rejected.problems().stream()
                                        .map(SubmittedCodec::problem)
                                        .toList()));
            }
        }
        return Canonical.bytes(new Json.Obj(fields));
    }

    /**
     * Reads them.
     *
     * @param now what is in force, asked where that was changed
     * @return nothing where they say nothing of the kind
     */
    public static Optional<Submitted> read(byte[] bytes, Supplier<InForce> now) {
        Json.Obj object;
        try {
            if (!(Canonical.read(bytes) instanceof Json.Obj it)) {
                return Optional.empty();
            }
            object = it;
        } catch (NotCanonical e) {
            return Optional.empty();
        }
        Fields fields = new Fields(object);
        String result = fields.text(RESULT).orElse("");
        return Optional.ofNullable(of(result, fields, now));
    }

    private static @Nullable Submitted of(String result, Fields fields, Supplier<InForce> now) {
        return switch (result) {
            case "activated" -> new Submitted.Activated(now.get());
            case "needs-approval" ->
                    new Submitted.NeedsApproval(
                            fields.texts("signed"), fields.texts("could-approve"));
            case "waiting" ->
                    new Submitted.Waiting(
                            fields.instant("from").orElse(Instant.EPOCH),
                            fields.instant("expires").orElse(Instant.MAX));
            case "rejected" -> new Submitted.Rejected(fields.problems());
            default -> null;
        };
    }

    private static Json texts(Collection<String> texts) {
        return new Json.Arr(texts.stream().<Json>map(Json.Str::new).toList());
    }

    private static Json micros(Instant instant) {
        return new Json.Whole(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }

    private static Json problem(Problem problem) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("code", new Json.Str(problem.code()));
        fields.put("message", new Json.Str(problem.message()));
        fields.put("file", new Json.Str(problem.where().file()));
        fields.put("line", new Json.Whole(problem.where().line()));
        fields.put("column", new Json.Whole(problem.where().column()));
        problem.fix().ifPresent(fix -> fields.put("fix", new Json.Str(fix)));
        return new Json.Obj(fields);
    }

    /** The fields of an object; what is not there, or of another sort, is nothing. */
    private record Fields(Json.Obj object) {

        Optional<String> text(String name) {
            return object.fields().get(name) instanceof Json.Str it
                    ? Optional.of(it.text())
                    : Optional.empty();
        }

        long whole(String name) {
            return object.fields().get(name) instanceof Json.Whole it ? it.number() : 0;
        }

        Optional<Instant> instant(String name) {
            return object.fields().get(name) instanceof Json.Whole it
                    ? Optional.of(Instant.EPOCH.plus(it.number(), ChronoUnit.MICROS))
                    : Optional.empty();
        }

        private List<Json> items(String name) {
            return object.fields().get(name) instanceof Json.Arr it ? it.items() : List.of();
        }

        Set<String> texts(String name) {
            Set<String> texts = new LinkedHashSet<>();
            for (Json item : items(name)) {
                if (item instanceof Json.Str it) {
                    texts.add(it.text());
                }
            }
            return texts;
        }

        List<Problem> problems() {
            List<Problem> problems = new ArrayList<>();
            for (Json item : items("problems")) {
                if (item instanceof Json.Obj it) {
                    Fields fields = new Fields(it);
                    problems.add(
                            new Problem(
                                    fields.text("code").orElse(""),
                                    fields.text("message").orElse(""),
                                    new Where(
                                            fields.text("file").orElse(""),
                                            Math.max(0, fields.whole("line")),
                                            Math.max(0, fields.whole("column"))),
                                    fields.text("fix")));
                }
            }
            return problems;
        }
    }
}
