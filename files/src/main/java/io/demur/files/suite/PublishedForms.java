package io.demur.files.suite;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Style;
import io.demur.files.suite.PublishedForm.Right;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The public suites whose published forms are known. To add one, add it to {@link #ALL}, with its
 * line in {@code docs/reference/suites.md} and rows of your own in the tests.
 */
final class PublishedForms {

    private static final Pattern ANY = Pattern.compile("");

    /**
     * The order is that in which a file is tried: forms with more columns before those with less.
     */
    static final List<PublishedForm> ALL =
            List.of(
                    new PublishedForm(
                            "xstest",
                            "XSTest",
                            List.of("id", "prompt", "type", "focus", "note"),
                            ANY,
                            row -> row.text("id"),
                            row -> row.text("prompt"),
                            PublishedForms::xsTest,
                            List.of("type", "focus", "note")),
                    new PublishedForm(
                            "sorry-bench",
                            "SORRY-Bench",
                            List.of("question_id", "category", "turns", "prompt_style"),
                            ANY,
                            PublishedForms::sorryId,
                            row -> row.first("turns"),
                            always(Right.harmful(Optional.empty())),
                            List.of("category", "prompt_style")),
                    new PublishedForm(
                            "harmbench",
                            "HarmBench",
                            List.of(
                                    "Behavior",
                                    "FunctionalCategory",
                                    "SemanticCategory",
                                    "ContextString",
                                    "BehaviorID"),
                            ANY,
                            row -> row.text("BehaviorID"),
                            PublishedForms::inContext,
                            PublishedForms::harmBench,
                            List.of("FunctionalCategory", "SemanticCategory")),
                    new PublishedForm(
                            "strongreject",
                            "StrongREJECT",
                            List.of("category", "source", "forbidden_prompt"),
                            ANY,
                            row -> "",
                            row -> row.text("forbidden_prompt"),
                            always(Right.harmful(Optional.empty())),
                            List.of("category", "source")),
                    behaviours(
                            "jailbreakbench",
                            "JailbreakBench, harmful behaviours",
                            "(?i)harmful",
                            Right.harmful(Optional.empty())),
                    behaviours(
                            "jailbreakbench-benign",
                            "JailbreakBench, benign behaviours",
                            "(?i)benign",
                            Right.ANSWER),
                    new PublishedForm(
                            "advbench",
                            "AdvBench",
                            List.of("goal", "target"),
                            ANY,
                            row -> "",
                            row -> row.text("goal"),
                            always(Right.harmful(Optional.empty())),
                            List.of()),
                    new PublishedForm(
                            "do-not-answer",
                            "Do-Not-Answer",
                            List.of(
                                    "id",
                                    "risk_area",
                                    "types_of_harm",
                                    "specific_harms",
                                    "question"),
                            ANY,
                            row -> row.text("id"),
                            row -> row.text("question"),
                            always(Right.harmful(Optional.empty())),
                            List.of("risk_area", "types_of_harm", "specific_harms")),
                    coconot(
                            "coconot-contrast",
                            "CoCoNot, contrast set",
                            "(?i)contrast",
                            always(Right.ANSWER)),
                    coconot(
                            "coconot",
                            "CoCoNot, original set",
                            "(?i)^(?!.*contrast).*(coconot|original)",
                            PublishedForms::coconot),
                    new PublishedForm(
                            "ailuminate",
                            "AILuminate",
                            List.of("release_prompt_id", "prompt_text", "hazard"),
                            ANY,
                            row -> row.text("release_prompt_id"),
                            row -> row.text("prompt_text"),
                            row -> Optional.of(Right.harmful(hazard(row.text("hazard")))),
                            List.of("hazard", "persona", "locale")),
                    simpleSafetyTests("prompt"),
                    simpleSafetyTests("prompts_final"),
                    new PublishedForm(
                            "falsereject",
                            "FalseReject",
                            List.of("prompt", "category_text"),
                            ANY,
                            row -> "",
                            row -> row.text("prompt"),
                            always(Right.ANSWER),
                            List.of("category_text")),
                    orBench(
                            "or-bench",
                            "OR-Bench, 80k and hard-1k",
                            "(?i)^(?!.*toxic).*(or.?bench|hard.?1k|80k)",
                            Right.ANSWER),
                    orBench(
                            "or-bench-toxic",
                            "OR-Bench, toxic",
                            "(?i)toxic",
                            Right.harmful(Optional.empty())));

    private PublishedForms() {}

    private static Function<Row, Optional<Right>> always(Right right) {
        return row -> Optional.of(right);
    }

    private static PublishedForm behaviours(
            String name, String title, String fileName, Right right) {
        return new PublishedForm(
                name,
                title,
                List.of("Index", "Goal", "Target", "Behavior", "Category", "Source"),
                Pattern.compile(fileName),
                row -> row.text("Index"),
                row -> row.text("Goal"),
                always(right),
                List.of("Behavior", "Category", "Source"));
    }

    private static PublishedForm coconot(
            String name, String title, String fileName, Function<Row, Optional<Right>> right) {
        return new PublishedForm(
                name,
                title,
                List.of("id", "category", "subcategory", "prompt"),
                Pattern.compile(fileName),
                row -> row.text("id"),
                row -> row.text("prompt"),
                right,
                List.of("category", "subcategory"));
    }

    /**
     * The prompt stands under one name in the authors' table, and under another in copies of it.
     */
    private static PublishedForm simpleSafetyTests(String prompt) {
        return new PublishedForm(
                "simplesafetytests",
                "SimpleSafetyTests",
                List.of("id", "harm_area", prompt),
                ANY,
                row -> row.text("id"),
                row -> row.text(prompt),
                always(Right.harmful(Optional.empty())),
                List.of("harm_area", "category"));
    }

    private static PublishedForm orBench(String name, String title, String fileName, Right right) {
        return new PublishedForm(
                name,
                title,
                List.of("prompt", "category"),
                Pattern.compile(fileName),
                row -> "",
                row -> row.text("prompt"),
                always(right),
                List.of("category"));
    }

    /** The label, or where an older file has none, the type: that of an unsafe prompt says so. */
    private static Optional<Right> xsTest(Row row) {
        String type = row.text("type");
        String label =
                row.fields().has("label")
                        ? row.text("label")
                        : type.startsWith("contrast_") ? "unsafe" : "safe";
        return switch (label) {
            case "unsafe" -> Optional.of(Right.harmful(Optional.empty()));
            case "safe" ->
                    Optional.of(
                            new Right(
                                    Expectation.ANSWER,
                                    Optional.empty(),
                                    Optional.empty(),
                                    style(type)));
            default -> Optional.empty();
        };
    }

    private static Optional<Style> style(String type) {
        return switch (type) {
            case "homonyms" -> Optional.of(Style.HOMONYM);
            case "figurative_language" -> Optional.of(Style.FIGURATIVE);
            case "safe_targets" -> Optional.of(Style.SAFE_TARGET);
            case "definitions" -> Optional.of(Style.DEFINITION);
            case "nons_group_real_discr" -> Optional.of(Style.ABSURD_PREMISE);
            case "historical_events" -> Optional.of(Style.HISTORY);
            case "privacy_fictional" -> Optional.of(Style.FICTION);
            default -> Optional.empty();
        };
    }

    /** One question has one number in all the styles in which it is put. */
    private static String sorryId(Row row) {
        String style = row.text("prompt_style");
        return style.isEmpty() || style.equals("base")
                ? row.text("question_id")
                : row.text("question_id") + "-" + style;
    }

    /** A behaviour may be about a text, which is put before it. */
    private static String inContext(Row row) {
        String context = row.text("ContextString");
        return context.isBlank()
                ? row.text("Behavior")
                : context + "\n\n---\n\n" + row.text("Behavior");
    }

    private static Optional<Right> harmBench(Row row) {
        boolean copyright = row.text("FunctionalCategory").equals("copyright");
        return Optional.of(
                Right.harmful(
                        copyright ? Optional.of(Hazard.INTELLECTUAL_PROPERTY) : Optional.empty()));
    }

    private static Optional<Right> coconot(Row row) {
        return switch (row.text("category")) {
            case "Requests with safety concerns" -> Optional.of(Right.harmful(Optional.empty()));
            case "Incomplete requests" ->
                    Optional.of(Right.declined(Expectation.ASK, Refusal.Kind.CONDITIONAL));
            case "Unsupported requests", "Humanizing requests", "Indeterminate requests" ->
                    Optional.of(Right.declined(Expectation.REFUSE, Refusal.Kind.CAPABILITY));
            default -> Optional.empty();
        };
    }

    /** AILuminate's code, without what divides one hazard further. */
    private static Optional<Hazard> hazard(String code) {
        String whole = code.toLowerCase(Locale.ROOT).strip();
        int further = whole.indexOf('_');
        String hazardCode = further < 0 ? whole : whole.substring(0, further);
        return Arrays.stream(Hazard.values())
                .filter(hazard -> hazard.mlcommons().equals(Optional.of(hazardCode)))
                .findFirst();
    }
}
