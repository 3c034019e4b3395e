package io.demur.cli;

import io.demur.core.charter.Charter;
import io.demur.core.harm.Severity;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.core.policy.Context;
import io.demur.core.policy.Ladder;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Standing;
import io.demur.encoder.CharterJudges;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur policy check}: whether a document is a policy, and what it does. */
@Command(
        name = "check",
        description = "Says what is wrong with a policy document, or what it does.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PolicyCheckCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The document, in YAML.")
    private Path file = Path.of("");

    private static final int WIDTH = 98;
    private static final int INDENT = 41;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Charter> read = PolicyDocuments.read(file, err);
        if (read.isEmpty()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        Policy policy = read.get().policy();
        Axes axes = policy.table().axes();
        out.printf(
                "%s: posture %d, %d rules, %,d cells%n%n",
                Terminal.plain(read.get().name()),
                policy.posture().level(),
                policy.rules().size(),
                axes.cells());
        out.printf(
                "%-24s%9s%9s%11s%9s%9s%n",
                "p_harm from", "unsure", "note", "condition", "hold", "refuse");
        for (Severity severity : Severity.values()) {
            Ladder ladder = plain(policy, severity);
            out.printf(
                    "%-24s%9s%9s%11s%9s%9s%n",
                    PolicyWords.word(severity),
                    own(ladder.unsure(), ladder.annotate()),
                    own(ladder.annotate(), ladder.condition()),
                    own(ladder.condition(), ladder.hold()),
                    own(ladder.hold(), ladder.refuse()),
                    PolicyWords.line(ladder.refuse()));
        }
        out.printf("%nfor everybody, asking a hosted model, where no rule says otherwise%n%n");
        Map<String, Integer> touched = touched(policy);
        for (Rule rule : policy.rules()) {
            out.printf(
                    "%-24s%,9d cells  %s%n",
                    rule.id(),
                    touched.getOrDefault(rule.id(), 0),
                    PolicyWords.effect(rule.effect()));
            Terminal.wrapped(WhenWords.of(rule.match()), WIDTH - INDENT)
                    .forEach(line -> out.println(" ".repeat(INDENT) + Terminal.plain(line)));
        }
        out.println();
        PolicyParts.lines(read.get()).forEach(out::println);
        List<String> warnings =
                PolicyWarnings.of(read.get(), LinearHarm.shipped(), CharterJudges.harm(read.get()));
        if (!warnings.isEmpty()) {
            out.printf("%nto look at%n");
            warnings.forEach(warning -> out.println("  " + Terminal.plain(warning)));
        }
        return ExitCode.OK;
    }

    /** From where on something is done, unless something stronger is done from there. */
    private static String own(int line, int next) {
        return line < next ? PolicyWords.line(line) : "–";
    }

    private static Ladder plain(Policy policy, Severity severity) {
        Context plain = Context.PLAIN;
        return policy.table()
                .at(
                        new Cell(
                                Optional.empty(),
                                severity,
                                plain.model(),
                                plain.role(),
                                plain.purpose(),
                                plain.stage(),
                                Standing.Kind.FRESH))
                .ladder();
    }

    /** In how many cells each rule changes something. */
    private static Map<String, Integer> touched(Policy policy) {
        Map<String, Integer> touched = new HashMap<>();
        policy.table()
                .axes()
                .forEach(
                        cell ->
                                policy.table()
                                        .at(cell)
                                        .rules()
                                        .forEach(rule -> touched.merge(rule, 1, Integer::sum)));
        return touched;
    }
}
