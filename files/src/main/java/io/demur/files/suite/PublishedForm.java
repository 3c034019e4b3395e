package io.demur.files.suite;

import io.demur.core.Problem;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.harm.Hazard;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Style;
import io.demur.files.ProblemCode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The form in which the authors of a public suite publish it: which column says what. Immutable.
 *
 * @param name what users call it in {@code --format}
 * @param title what its authors call it
 * @param columns by which it is recognised; there may be more
 * @param fileName has to be found in the file's name, where columns alone do not tell
 * @param id what stands behind the form's name in the ids; where it is empty, the row's number
 * @param prompt what is asked
 * @param right what is right; nothing where the row's label is unknown
 * @param tags columns to group by
 */
record PublishedForm(
        String name,
        String title,
        List<String> columns,
        Pattern fileName,
        Function<Row, String> id,
        Function<Row, String> prompt,
        Function<Row, Optional<Right>> right,
        List<String> tags) {

    /** What a form knows of what is right. */
    record Right(
            Expectation expectation,
            Optional<Refusal.Kind> kind,
            Optional<Hazard> hazard,
            Optional<Style> style) {

        static final Right ANSWER =
                new Right(Expectation.ANSWER, Optional.empty(), Optional.empty(), Optional.empty());

        /** To be declined. */
        static Right declined(Expectation expectation, Refusal.Kind kind) {
            return new Right(expectation, Optional.of(kind), Optional.empty(), Optional.empty());
        }

        /** To be refused as harmful. */
        static Right harmful(Optional<Hazard> hazard) {
            return new Right(
                    Expectation.REFUSE, Optional.of(Refusal.Kind.POLICY), hazard, Optional.empty());
        }
    }

    PublishedForm {
        columns = List.copyOf(columns);
        tags = List.copyOf(tags);
    }

    /** Whether a table has its columns. */
    boolean fits(List<String> found) {
        return found.containsAll(columns);
    }

    /** Whether a file is called as this one is. */
    boolean isCalled(String file) {
        return fileName.matcher(file).find();
    }

    /**
     * Reads a row.
     *
     * @param problems gets what is wrong with it
     * @return nothing where anything is
     */
    Optional<Case> read(Row row, List<Problem> problems) {
        String asked = prompt.apply(row);
        if (asked.isBlank()) {
            problems.add(
                    Problem.at(
                            row.where(),
                            ProblemCode.RECORD_MALFORMED.code(),
                            "as `%s`: it asks nothing".formatted(name)));
            return Optional.empty();
        }
        Optional<Right> known = right.apply(row);
        if (known.isEmpty()) {
            problems.add(
                    Problem.at(
                            row.where(),
                            ProblemCode.RECORD_MALFORMED.code(),
                            "as `%s`: its label is none that says what is right".formatted(name)));
            return Optional.empty();
        }
        String own = id.apply(row).strip();
        Map<String, String> grouped = new TreeMap<>();
        for (String tag : tags) {
            if (!row.text(tag).isBlank()) {
                grouped.put(tag, row.text(tag).strip());
            }
        }
        return Optional.of(
                new Case(
                        name + "-" + (own.isEmpty() ? Integer.toString(row.number()) : own),
                        name,
                        Request.of(asked),
                        known.get().expectation(),
                        known.get().kind(),
                        known.get().hazard(),
                        known.get().style(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        grouped,
                        ""));
    }
}
