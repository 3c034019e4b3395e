package io.demur.files.policy;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Envelope;
import io.demur.core.charter.Grant;
import io.demur.core.charter.Models;
import io.demur.core.charter.RegisteredPrompt;
import io.demur.core.charter.Scope;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.core.policy.Rule;
import io.demur.files.yaml.YamlDocument;
import io.demur.files.yaml.YamlMap;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a policy document: a posture, rules beside it, and all else that a policy says. What is
 * wrong with it is said at once; a document with any problem is no policy.
 */
public final class PolicyFile {

    /** The version of the form that is read here. */
    public static final int VERSION = 1;

    private static final int NAME_MAX = 200;

    private static final Comparator<Problem> AS_IT_STANDS =
            Comparator.<Problem>comparingLong(problem -> problem.where().line())
                    .thenComparingLong(problem -> problem.where().column());

    private PolicyFile() {}

    /**
     * Reads a document.
     *
     * @param file as the user named it
     * @param problems gets what is wrong with it
     * @return the policy; nothing where there is any problem
     */
    public static Optional<Charter> read(String file, byte[] bytes, List<Problem> problems) {
        int before = problems.size();
        problems.addAll(Unseen.in(file, bytes));
        Optional<YamlMap> document = YamlDocument.read(file, bytes, problems);
        // what a broken document still says is read for its problems, and then left
        if (problems.size() == before) {
            document.ifPresent(it -> problems.addAll(Unseen.in(it)));
        }
        Optional<Charter> found = document.flatMap(it -> charter(it, problems, before));
        problems.subList(before, problems.size()).sort(AS_IT_STANDS);
        return problems.size() == before ? found : Optional.empty();
    }

    private static Optional<Charter> charter(YamlMap document, List<Problem> problems, int before) {
        document.require("policy");
        OptionalInt version = document.whole("policy", 1, 1_000_000);
        if (version.isPresent() && version.getAsInt() != VERSION) {
            document.refuse(
                    "policy",
                    "version %d; this program reads version %d"
                            .formatted(version.getAsInt(), VERSION));
        }
        document.require("name");
        Optional<String> name = document.text("name").map(String::strip);
        if (name.isPresent() && !ScopeReader.isLine(name.get(), NAME_MAX)) {
            document.refuse("name", "a name is one line of 1 to %d characters".formatted(NAME_MAX));
        }
        document.require("posture");
        Posture posture =
                new Posture(
                        document.whole("posture", Posture.LEVEL_MIN, Posture.LEVEL_MAX)
                                .orElse(Policy.defaultPosture().level()));
        Names names = Names.of(document);
        RulesReader rules = new RulesReader(names);
        List<Rule> all = rules.read(document);
        UsesReader uses = new UsesReader(names);
        Optional<Scope> scope = ScopeReader.read(document);
        List<Grant> grants = uses.grants(document);
        List<RegisteredPrompt> prompts = uses.prompts(document);
        Models models = ModelsReader.read(document);
        Wording wording = WordingReader.read(document);
        Settings settings = SettingsReader.read(document);
        Optional<Envelope> envelope = uses.envelope(document);
        document.end();
        if (problems.size() > before) {
            return Optional.empty();
        }
        Axes axes = new Axes(names.roles(), names.purposes());
        return Optional.of(
                new Charter(
                        name.orElse(""),
                        Policy.of(posture, all, axes),
                        rules.because(),
                        scope,
                        grants,
                        prompts,
                        models,
                        wording,
                        settings,
                        envelope));
    }
}
