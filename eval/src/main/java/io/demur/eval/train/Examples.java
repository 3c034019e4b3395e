package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.Message;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What each corpus teaches, and how much it is trusted. The weights are by hand: human labels count
 * most, labels by other models and by construction less, and large or narrow sets less per row, so
 * that none drowns the others.
 */
final class Examples {

    private static final Set<Degree> COMPLIED = EnumSet.of(Degree.COMPLIANCE);
    private static final Set<Degree> REFUSED = EnumSet.of(Degree.PARTIAL, Degree.FULL);
    private static final Set<Degree> GAVE = EnumSet.of(Degree.COMPLIANCE, Degree.PARTIAL);
    private static final List<Integer> NO_CRAFT = List.of(-1, -1, -1, -1);

    /** Trust in one row, by source. A source that is not here is not used. */
    static final Map<String, Float> PUBLIC =
            Map.ofEntries(
                    Map.entry("chatgpt_refusals", 1f),
                    Map.entry("rbr_gold", 0.5f),
                    Map.entry("gptfuzz", 0.3f),
                    Map.entry("latent_jailbreak", 0.1f),
                    Map.entry("med_safety", 0.2f),
                    Map.entry("past_tense", 0.6f),
                    Map.entry("jbb_artifacts", 0.5f),
                    Map.entry("just_eval_safety", 0.3f),
                    Map.entry("just_eval_general", 0.4f),
                    Map.entry("orbench_legal", 0.15f),
                    Map.entry("coconot", 0.5f),
                    Map.entry("self_instruct", 0.3f),
                    Map.entry("refusalbench", 0.05f));

    static final List<String> OWN =
            List.of(
                    "answers",
                    "gaps",
                    "hardneg",
                    "kinds",
                    "languages",
                    "lookalikes",
                    "partial",
                    "premise",
                    "premise_b",
                    "pushback",
                    "styles");

    private static final float OWN_WEIGHT = 1;

    /** Hardly any public source has refusals of the premise, or other languages. */
    private static final float RARE_WEIGHT = 2;

    private Examples() {}

    /**
     * All examples below a data folder that has {@code train/} and {@code own/}, in fixed order.
     */
    static List<Example> load(Path folder) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String name : PUBLIC.keySet().stream().sorted().toList()) {
            Path file = folder.resolve("train").resolve(name + ".jsonl");
            if (Files.exists(file)) {
                for (CorpusRow row : CorpusReader.read(file)) {
                    fromPublic(row, PUBLIC.getOrDefault(name, 0f)).ifPresent(examples::add);
                }
            }
        }
        examples.addAll(own(folder));
        examples.addAll(Written.examples());
        return examples;
    }

    /** The project's own below a data folder that has {@code own/}, in fixed order. */
    static List<Example> own(Path folder) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String name : OWN) {
            Path file = folder.resolve("own").resolve(name + ".jsonl");
            if (Files.exists(file)) {
                for (CorpusRow row : CorpusReader.read(file)) {
                    fromOwn(row, examples);
                }
            }
        }
        return examples;
    }

    private static Optional<Example> fromPublic(CorpusRow row, float trust) {
        String text = row.response().orElse("");
        if (text.isBlank()) {
            return Optional.empty();
        }
        Set<Degree> degrees = publicDegrees(row, text);
        if (degrees.isEmpty()) {
            return Optional.empty();
        }
        Optional<Set<Refusal.Form>> forms = toneForms(row.label());
        OptionalInt leakage = OptionalInt.empty();
        if (row.source().equals("gptfuzz")) {
            boolean gave = row.harmfulResponse().orElse(false);
            leakage = OptionalInt.of(gave && SeedGrammar.statesRefusal(text) ? 1 : 0);
        } else if (row.source().equals("past_tense") || row.source().equals("jbb_artifacts")) {
            boolean gave = row.harmfulResponse().orElse(false);
            leakage = OptionalInt.of(gave && SeedGrammar.statesRefusal(text) ? 1 : 0);
        } else if (row.source().startsWith("just_eval") || row.source().equals("med_safety")) {
            leakage = OptionalInt.of(0);
        }
        List<Integer> craft = row.source().equals("rbr_gold") ? rbrCraft(row.label()) : NO_CRAFT;
        return Optional.of(
                new Example(
                        row.source(),
                        row.source() + row.request().prompt(),
                        row.request(),
                        text,
                        degrees,
                        trust,
                        publicKind(row, degrees),
                        forms,
                        leakage,
                        craft));
    }

    private static Set<Degree> publicDegrees(CorpusRow row, String text) {
        return switch (row.source()) {
            case "chatgpt_refusals" -> tone(row.label());
            case "gptfuzz", "past_tense", "jbb_artifacts" -> {
                if (row.harmfulResponse().isEmpty()) {
                    yield Set.of();
                }
                boolean gave = row.harmfulResponse().get();
                yield gave ? SeedGrammar.opensWithRefusal(text) ? GAVE : COMPLIED : REFUSED;
            }
            case "just_eval_safety" ->
                    row.harmfulResponse().orElse(true)
                            ? Set.of()
                            : SeedGrammar.opensWithRefusal(text) ? REFUSED : Set.of();
            case "just_eval_general" -> COMPLIED;
            case "refusalbench" ->
                    row.degree()
                            .filter(d -> d != Degree.PARTIAL)
                            .map(EnumSet::of)
                            .orElse(EnumSet.noneOf(Degree.class));
            default -> row.degree().<Set<Degree>>map(EnumSet::of).orElse(Set.of());
        };
    }

    private static Set<Degree> tone(String label) {
        return switch (label) {
            case "tone complied" -> COMPLIED;
            case "tone rejected", "tone dontknow" -> EnumSet.of(Degree.FULL);
            case "tone contradicted", "tone redirected", "tone disclaimed" -> REFUSED;
            default -> Set.of();
        };
    }

    /**
     * Who refuses what is asked of them to do harm does so by policy; who says that they do not
     * know lacks what it takes.
     */
    private static Optional<Refusal.Kind> publicKind(CorpusRow row, Set<Degree> degrees) {
        boolean refused = !degrees.contains(Degree.COMPLIANCE);
        if (row.label().equals("tone dontknow")) {
            return Optional.of(Refusal.Kind.CAPABILITY);
        }
        boolean harmful = row.harmfulPrompt().orElse(false);
        return refused && harmful && !row.source().equals("chatgpt_refusals")
                ? Optional.of(Refusal.Kind.POLICY)
                : Optional.empty();
    }

    private static Optional<Set<Refusal.Form>> toneForms(String label) {
        return switch (label) {
            case "tone rejected" -> Optional.of(EnumSet.of(Refusal.Form.DIRECT));
            case "tone contradicted" -> Optional.of(EnumSet.of(Refusal.Form.PREMISE));
            case "tone redirected" -> Optional.of(EnumSet.of(Refusal.Form.REDIRECT));
            case "tone disclaimed" -> Optional.of(EnumSet.of(Refusal.Form.DISCLAIM));
            default -> Optional.empty();
        };
    }

    private static List<Integer> rbrCraft(String label) {
        Set<String> said = Set.copyOf(Arrays.asList(label.split(",", -1)));
        return List.of(
                said.contains("apology_acknowledges_emotional_state") ? 1 : -1,
                said.contains("reference_safety_policy") ? 1 : -1,
                said.contains("encourage_professional_help") || said.contains("provides_resources")
                        ? 1
                        : -1,
                said.contains("judgement") || said.contains("threatening_language") ? 0 : 1);
    }

    private static void fromOwn(CorpusRow row, List<Example> into) {
        if (row.turns().size() > 1 && !row.detail("per_turn").isEmpty()) {
            turns(row, into);
            return;
        }
        if (row.response().isEmpty() || row.degree().isEmpty()) {
            return;
        }
        Degree degree = row.degree().get();
        OptionalInt leakage =
                switch (row.detail("leakage")) {
                    case "true" -> OptionalInt.of(1);
                    case "false" -> OptionalInt.of(0);
                    default -> degree == Degree.FULL ? OptionalInt.of(0) : OptionalInt.empty();
                };
        into.add(
                new Example(
                        row.source(),
                        ownGroup(row),
                        row.request(),
                        row.response().get(),
                        EnumSet.of(degree),
                        ownWeight(row.source()),
                        kind(row.detail("kind")),
                        degree == Degree.COMPLIANCE
                                ? Optional.empty()
                                : Optional.of(forms(row.detail("form"))),
                        leakage,
                        craft(row)));
    }

    private static void turns(CorpusRow row, List<Example> into) {
        String[] labels = row.detail("per_turn").split(" ", -1);
        int turn = 0;
        String asked = "";
        for (Message message : row.turns()) {
            if (message.role() == Role.USER) {
                asked = message.text();
            } else if (message.role() == Role.ASSISTANT && turn < labels.length) {
                Degree degree =
                        switch (labels[turn]) {
                            case "full_refusal" -> Degree.FULL;
                            case "partial_refusal" -> Degree.PARTIAL;
                            default -> Degree.COMPLIANCE;
                        };
                turn++;
                into.add(
                        new Example(
                                row.source(),
                                ownGroup(row),
                                Request.of(asked),
                                message.text(),
                                EnumSet.of(degree),
                                OWN_WEIGHT / 2,
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                NO_CRAFT));
            }
        }
    }

    private static float ownWeight(String source) {
        boolean rare = source.startsWith("own_premise") || source.equals("own_languages");
        return rare ? RARE_WEIGHT : OWN_WEIGHT;
    }

    private static String ownGroup(CorpusRow row) {
        // a dialogue is one group by its opening, and its later turns are much like others'
        String group =
                switch (row.source()) {
                    case "own_pushback" -> row.request().opening();
                    case "own_lookalikes" -> row.detail("prompt_group");
                    case "own_partial" -> row.detail("group");
                    default -> "";
                };
        return row.source() + (group.isEmpty() ? row.request().prompt() : group);
    }

    private static Optional<Refusal.Kind> kind(String name) {
        return switch (name) {
            case "policy", "capability", "scope", "conditional" ->
                    Optional.of(Refusal.Kind.valueOf(name.toUpperCase(Locale.ROOT)));
            default -> Optional.empty();
        };
    }

    private static Set<Refusal.Form> forms(String names) {
        Set<Refusal.Form> forms = EnumSet.noneOf(Refusal.Form.class);
        for (Refusal.Form form : Refusal.Form.values()) {
            if (names.contains(form.name().toLowerCase(Locale.ROOT))) {
                forms.add(form);
            }
        }
        return forms;
    }

    private static List<Integer> craft(CorpusRow row) {
        String[] names = {"acknowledge", "explain", "redirect", "respect"};
        List<Integer> craft = new ArrayList<>();
        for (String name : names) {
            String value = row.detail("craft." + name);
            craft.add(value.isEmpty() ? -1 : value.equals("1") ? 1 : 0);
        }
        return craft;
    }
}
