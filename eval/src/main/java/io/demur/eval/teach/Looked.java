package io.demur.eval.teach;

import io.demur.files.Preference;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What was found of one row.
 *
 * @param of the row
 * @param outcome how sure it is
 * @param faults what is wrong with it; never modified
 * @param why the figures that it stands on
 * @param judges who said so
 */
public record Looked(
        Preference of, Outcome outcome, Set<Fault> faults, String why, List<String> judges) {

    /** How a row came out. */
    public enum Outcome {
        /** Something is wrong with it. */
        WRONG,
        /** Nothing was found. */
        RIGHT,
        /** A judge is too unsure to say. In no share, but counted. */
        UNSURE,
        /** No judge could decide: an answer is empty or could not be judged. */
        UNDECIDED
    }

    public Looked {
        Objects.requireNonNull(of);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(why);
        EnumSet<Fault> ordered = EnumSet.noneOf(Fault.class);
        ordered.addAll(faults);
        faults = Collections.unmodifiableSet(ordered);
        judges = List.copyOf(judges);
        if (faults.isEmpty() == (outcome == Outcome.WRONG)) {
            throw new IllegalArgumentException("`%s` with faults `%s`".formatted(outcome, faults));
        }
    }

    /** The columns of {@code docs/reference/audit.md}, in their order. */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("file", of.where().file());
        row.put("line", of.where().line());
        row.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
        row.put("faults", faults.stream().map(Fault::word).toList());
        row.put("why", why);
        row.put("prompt", of.request().prompt());
        row.put("taught", taught().orElse(null));
        row.put("against", against().orElse(null));
        row.put("judges", judges);
        return row;
    }

    /** What is to become likelier. */
    public Optional<String> taught() {
        return switch (of) {
            case Preference.Pair pair -> Optional.of(pair.chosen());
            case Preference.Labelled labelled ->
                    labelled.desirable() ? Optional.of(labelled.completion()) : Optional.empty();
            case Preference.Shown shown -> Optional.of(shown.completion());
        };
    }

    /** What is to become less likely. */
    public Optional<String> against() {
        return switch (of) {
            case Preference.Pair pair -> Optional.of(pair.rejected());
            case Preference.Labelled labelled ->
                    labelled.desirable() ? Optional.empty() : Optional.of(labelled.completion());
            case Preference.Shown shown -> Optional.empty();
        };
    }
}
