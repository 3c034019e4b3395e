package io.demur.desk;

import io.demur.record.json.Json;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Claim;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.Said;
import io.demur.store.ReviewCase.State;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A case as reviewers see it: without what tells a known case from a sample, what the first look
 * said before the second has, and whose request it was.
 */
public final class CaseView {

    private CaseView() {}

    /** The kind that reviewers are told. */
    public static Kind shown(Kind kind) {
        return kind == Kind.SEEDED ? Kind.SAMPLE : kind;
    }

    /** An enum's name as it is written. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The same as JSON, all times to the second. */
    public static Json.Obj of(ReviewCase it, Instant now) {
        Kind kind = shown(it.kind());
        TreeMap<String, Json> fields = new TreeMap<>();
        text(fields, "id", it.id());
        text(fields, "kind", word(kind));
        text(fields, "state", word(it.state()));
        fields.put("version", new Json.Whole(it.version()));
        text(fields, "created_at", time(it.created()));
        text(fields, "due_at", time(it.due()));
        boolean waits = State.UNDECIDED.contains(it.state());
        fields.put("late", new Json.Bool(waits && it.due().isBefore(now)));
        it.project().ifPresent(project -> text(fields, "project", project));
        it.hazard().ifPresent(hazard -> text(fields, "hazard", hazard));
        it.model().ifPresent(model -> text(fields, "model", model));
        it.modelClass().ifPresent(of -> text(fields, "model_class", of));
        if (kind != Kind.SAMPLE) {
            it.attempt().ifPresent(attempt -> text(fields, "attempt", attempt));
            fields.put("about", Reports.shown(it));
        }
        if (it.claim().isPresent() && it.claim().get().until().isAfter(now)) {
            Claim claim = it.claim().get();
            text(fields, "claimed_by", claim.reviewer());
            text(fields, "claimed_until", time(claim.until()));
        }
        if (it.state() == State.DECIDED) {
            fields.put("said", new Json.Arr(it.said().stream().map(CaseView::said).toList()));
        }
        return new Json.Obj(fields);
    }

    private static Json said(Said said) {
        TreeMap<String, Json> fields = new TreeMap<>();
        text(fields, "by", said.reviewer());
        text(fields, "decision", said.decision());
        text(fields, "reason", said.reason());
        text(fields, "at", time(said.at()));
        said.acceptable().ifPresent(it -> fields.put("acceptable", new Json.Bool(it)));
        said.severity().ifPresent(it -> text(fields, "severity", word(it)));
        return new Json.Obj(fields);
    }

    private static void text(SortedMap<String, Json> fields, String name, String text) {
        fields.put(name, new Json.Str(text));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
