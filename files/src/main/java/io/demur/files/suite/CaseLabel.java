package io.demur.files.suite;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Labels;
import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.LabelValues;
import io.demur.files.ProblemCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person says of the answer to a case.
 *
 * @param where it stands
 * @param id of the case
 * @param epoch which time of several, counted from 1
 * @param variant the system prompt that held; nothing where that is not said
 * @param label what the answer is
 */
public record CaseLabel(
        Where where, String id, int epoch, Optional<String> variant, Labels.Answer label) {

    private static final List<String> IDS = List.of("case", "id");
    private static final List<String> LABELS = List.of("label", "response_label", "final_label");

    public CaseLabel {
        Objects.requireNonNull(where);
        Objects.requireNonNull(id);
        Objects.requireNonNull(variant);
        Objects.requireNonNull(label);
    }

    /**
     * Reads a file of labels: CSV with a header, or JSON lines, with {@code case}, {@code label}
     * and, where there are several, {@code epoch} and {@code variant}.
     *
     * @param problems gets what is wrong with it
     */
    public static List<CaseLabel> read(String file, String text, List<Problem> problems) {
        Table table = Table.read(file, text, problems);
        Optional<String> id = IDS.stream().filter(table.columns()::contains).findFirst();
        Optional<String> label = LABELS.stream().filter(table.columns()::contains).findFirst();
        if (id.isEmpty() || label.isEmpty()) {
            problems.add(
                    Problem.at(
                            Where.line(file, 1),
                            ProblemCode.COLUMN_MISSING.code(),
                            "labels have `case` and `label`; found were `%s`"
                                    .formatted(String.join("`, `", table.columns()))));
            return List.of();
        }
        List<CaseLabel> labels = new ArrayList<>();
        for (Row row : table.rows()) {
            read(row, id.get(), label.get(), problems).ifPresent(labels::add);
        }
        return labels;
    }

    private static Optional<CaseLabel> read(
            Row row, String id, String label, List<Problem> problems) {
        String said = text(row, label);
        String epoch = text(row, "epoch");
        Optional<Labels.Answer> answer = LabelValues.answer(said);
        boolean counted = epoch.matches("[1-9]\\d{0,5}|");
        if (answer.isEmpty()) {
            problems.add(
                    Problem.at(
                            row.where(),
                            ProblemCode.LABEL_UNKNOWN.code(),
                            "`%s` is no label; one is `compliance`, `partial`, `full` or `refusal`"
                                    .formatted(said)));
        }
        if (!counted) {
            problems.add(
                    Problem.at(
                            row.where(),
                            ProblemCode.RECORD_MALFORMED.code(),
                            "epoch `%s` is no number from 1 on".formatted(epoch)));
        }
        return answer.filter(it -> counted)
                .map(
                        it ->
                                new CaseLabel(
                                        row.where(),
                                        text(row, id),
                                        epoch.isEmpty() ? 1 : Integer.parseInt(epoch),
                                        Optional.of(text(row, "variant"))
                                                .filter(name -> !name.isEmpty()),
                                        it));
    }

    private static String text(Row row, String field) {
        JsonNode value = row.fields().path(field);
        return value.isMissingNode() || value.isNull() ? "" : value.asText().strip();
    }
}
