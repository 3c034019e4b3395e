package io.demur.cli;

import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.charter.Charter;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * {@code demur policy explain}: what a policy does with one request, why, and what would alter it.
 */
@Command(
        name = "explain",
        description = {
            "Says what a policy does with a request, which rules made it so, and what would have"
                    + " to be true for it to be answered.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyExplainCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "REQUEST", description = "The words of the request.")
    private String request = "";

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy (default: the usual rules at posture 5).")
    private @Nullable Path file;

    @Option(names = "--role", description = "The role of who asks (default: none that is named).")
    private String role = Axes.OTHER;

    @Option(names = "--purpose", description = "The declared purpose (default: none).")
    private String purpose = Axes.OTHER;

    @Option(
            names = "--model-class",
            paramLabel = "CLASS",
            description = "Of the model asked: hosted, local, local_unaligned (default: hosted).")
    private ModelClass model = ModelClass.HOSTED;

    @Option(names = "--stage", description = "The stage of adverse processing (default: none).")
    private Stage stage = Stage.NONE;

    @Option(names = "--refused-before", description = "As if this had been refused here before.")
    private boolean refusedBefore;

    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Policy policy = Policy.at(Policy.defaultPosture());
        if (file != null) {
            Optional<Charter> read = PolicyDocuments.read(file, spec.commandLine().getErr());
            if (read.isEmpty()) {
                return ExitCode.INPUT_UNREADABLE;
            }
            policy = read.get().policy();
        }
        Assessment assessment = judges.harm(LinearHarm.shipped()).assess(Request.of(request));
        Context context = new Context(model, role, purpose, stage);
        Standing standing = standing(refusedBefore);
        Decision decision = policy.decide(assessment, context, standing);
        out.printf(
                "%-10s %s: %s%n",
                decision.strength().name().toLowerCase(Locale.ROOT),
                "this request is " + PolicyWords.done(decision.strength()),
                String.join(", ", decision.rules()));
        judged(out, assessment, policy, context, standing, decision);
        List<String> ways = ways(policy, assessment, context, decision);
        if (!ways.isEmpty()) {
            out.printf("%notherwise it would be%n");
            ways.forEach(way -> out.println("  " + way));
        }
        return ExitCode.OK;
    }

    private static Standing standing(boolean refused) {
        return refused
                ? new Standing.Refused(
                        new Standing.Earlier(
                                "earlier", Refusal.Origin.GATEWAY, Standing.Likeness.SAME))
                : Standing.FRESH;
    }

    private static void judged(
            PrintWriter out,
            Assessment assessment,
            Policy policy,
            Context context,
            Standing standing,
            Decision decision) {
        switch (assessment) {
            case Assessment.Unjudged unjudged -> out.println("judged     by nobody");
            case Assessment.Judged judged -> {
                out.printf(
                        "judged     p_harm %.2f, %s, %s (%s)%n",
                        judged.pHarm(),
                        PolicyWords.word(judged.severity()),
                        PolicyWords.word(policy.sureness(assessment, context, standing)),
                        judged.judge().name());
                if (!judged.consequence().bearers().isEmpty()) {
                    out.printf(
                            "harm to    %s%n", String.join(", ", judged.consequence().bearers()));
                }
                List<String> hazards =
                        judged.hazards().entrySet().stream()
                                .filter(hazard -> hazard.getValue() >= 0.05)
                                .sorted(Map.Entry.<Hazard, Double>comparingByValue().reversed())
                                .map(
                                        hazard ->
                                                "%s %.2f"
                                                        .formatted(
                                                                PolicyWords.word(hazard.getKey()),
                                                                hazard.getValue()))
                                .toList();
                if (!hazards.isEmpty()) {
                    out.printf("hazards    %s%n", String.join(", ", hazards));
                }
                decision.cost()
                        .ifPresent(
                                cost ->
                                        out.printf(
                                                "weighed    %.2f needless refusals if answered,"
                                                        + " %.2f if refused%n",
                                                cost.answering(), cost.refusing()));
            }
        }
    }

    /** What alone, if it were otherwise, would change the decision. */
    private List<String> ways(
            Policy policy, Assessment assessment, Context context, Decision decision) {
        List<String> ways = new ArrayList<>();
        Standing standing = standing(refusedBefore);
        if (assessment instanceof Assessment.Judged judged) {
            Decision last = decision;
            for (int step = 999; step >= 0; step--) {
                double p = step / 1000.0;
                if (p >= judged.pHarm()) {
                    continue;
                }
                Assessment milder =
                        new Assessment.Judged(
                                p, judged.hazards(), judged.consequence(), judged.judge());
                Decision found = policy.decide(milder, context, standing);
                if (found.strength() != last.strength()) {
                    ways.add(
                            "%s with p_harm %.3f or less"
                                    .formatted(PolicyWords.done(found.strength()), p));
                    last = found;
                }
            }
        }
        Axes axes = policy.table().axes();
        for (String other : axes.roles()) {
            Context now = new Context(model, other, purpose, stage);
            way(ways, "asked in role `%s`".formatted(other), policy, assessment, now, decision);
        }
        for (String other : axes.purposes()) {
            Context now = new Context(model, role, other, stage);
            way(ways, "for purpose `%s`".formatted(other), policy, assessment, now, decision);
        }
        for (ModelClass other : ModelClass.values()) {
            Context now = new Context(other, role, purpose, stage);
            String said = "asked of a %s model".formatted(PolicyWords.word(other));
            way(ways, said, policy, assessment, now, decision);
        }
        if (refusedBefore) {
            Decision fresh = policy.decide(assessment, context, Standing.FRESH);
            if (fresh.strength() != decision.strength()) {
                ways.add(
                        PolicyWords.done(fresh.strength())
                                + " had it not been refused before, or after an upheld appeal");
            }
        }
        return ways;
    }

    private void way(
            List<String> ways,
            String said,
            Policy policy,
            Assessment assessment,
            Context now,
            Decision decision) {
        Decision found = policy.decide(assessment, now, standing(refusedBefore));
        if (found.strength() != decision.strength()) {
            ways.add("%s %s".formatted(PolicyWords.done(found.strength()), said));
        }
    }
}
