package io.demur.cli;

import io.demur.core.charter.Charter;
import io.demur.core.charter.RegisteredPrompt;
import io.demur.core.charter.Ruling;
import io.demur.core.harm.Assessment;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Standing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What would have to be otherwise for a request to be decided otherwise: only what the policy lets
 * be so.
 *
 * @param now how it is
 */
record OtherWays(Explanation now) {

    private static final int STEPS = 500;
    private static final int HALVINGS = 40;

    /** Something that alone, if it were so, would change what is done, and into what. */
    record Way(String so, Strength done) {}

    /** Whether a request is answered less than in full, so that people ask how it could be. */
    static boolean isKept(Decision decision) {
        return decision.strength().compareTo(Strength.CONDITION) >= 0;
    }

    /** What alone would have to be otherwise, the nearest first. */
    List<Way> of(Decision decision) {
        boolean kept = isKept(decision);
        List<Way> ways = new ArrayList<>();
        if (now.assessment() instanceof Assessment.Judged found) {
            ways.addAll(probabilities(found, decision.strength(), kept));
        }
        List<Way> others = others();
        if (decision.rules().getFirst().equals(Ruling.RULE)) {
            Strength harm =
                    now.policy().decide(now.assessment(), now.context(), now.standing()).strength();
            others.add(new Way("it belonged to what the service is for", harm));
        }
        others.stream()
                .filter(way -> isOnward(way.done(), decision.strength(), kept))
                .sorted(Comparator.comparing(Way::done, PolicyWords.towards(kept)))
                .forEach(ways::add);
        if (decision.strength() == Strength.HOLD) {
            ways.add(new Way("a person has looked and found it right", Strength.ALLOW));
        }
        return ways;
    }

    /** Who else might ask, for what else, and of what; in no order. */
    private List<Way> others() {
        List<Way> others = new ArrayList<>();
        for (String role : now.policy().table().axes().roles()) {
            String so = role.equals(Axes.OTHER) ? "in no named role" : "in role `" + role + "`";
            others.addAll(way("asked " + so, role, now.declared()));
            for (String purpose : now.policy().table().axes().purposes()) {
                boolean both =
                        !role.equals(now.context().role()) && !purpose.equals(now.declared());
                if (both && !purpose.equals(Axes.OTHER) && isGranted(role, purpose)) {
                    String all = "asked %s for `%s`".formatted(so, purpose);
                    others.addAll(way(all, role, purpose));
                }
            }
        }
        for (String purpose : now.policy().table().axes().purposes()) {
            String so =
                    purpose.equals(Axes.OTHER) ? "for no named purpose" : "for `" + purpose + "`";
            if (isGranted(now.context().role(), purpose)) {
                others.addAll(way("asked " + so, now.context().role(), purpose));
            }
        }
        if (now.context().purpose().equals(Axes.OTHER)) {
            for (RegisteredPrompt prompt : now.charter().map(Charter::prompts).orElse(List.of())) {
                Context there = with(now.context().model(), now.context().role(), prompt.purpose());
                String so = "asked under the prompt `%s`".formatted(prompt.id());
                others.add(
                        new Way(
                                so,
                                now.decide(now.assessment(), there, now.standing()).strength()));
            }
        }
        for (ModelClass model : ModelClass.values()) {
            if (mayAsk(now.context().role(), model)) {
                Context there = with(model, now.context().role(), now.context().purpose());
                String so = "asked of a %s model".formatted(PolicyWords.word(model));
                others.add(
                        new Way(
                                so,
                                now.decide(now.assessment(), there, now.standing()).strength()));
            }
        }
        boolean refused = now.standing().kind() == Standing.Kind.REFUSED;
        others.add(
                new Way(
                        refused
                                ? "not refused before, or after an upheld appeal"
                                : "refused before",
                        now.decide(
                                        now.assessment(),
                                        now.context(),
                                        refused ? Standing.FRESH : Explanation.REFUSED)
                                .strength()));
        return others;
    }

    /** Somebody of a role, with a purpose if that is theirs; nothing where they may not ask. */
    private List<Way> way(String so, String role, String purpose) {
        String counts = isGranted(role, purpose) ? purpose : Axes.OTHER;
        Context there = with(now.context().model(), role, counts);
        return mayAsk(role, now.context().model())
                ? List.of(
                        new Way(so, now.decide(now.assessment(), there, now.standing()).strength()))
                : List.of();
    }

    private Context with(ModelClass model, String role, String purpose) {
        return new Context(model, role, purpose, now.context().stage());
    }

    boolean mayAsk(String role, ModelClass model) {
        return now.charter().map(it -> it.mayAsk(role, model)).orElse(true);
    }

    /** Whether who has the role may declare the purpose, or there is nothing to grant. */
    boolean isGranted(String role, String purpose) {
        return now.charter().map(it -> counted(it, role, purpose).equals(purpose)).orElse(true);
    }

    /** The purpose that counts where one is declared. */
    static String counted(Charter charter, String role, String purpose) {
        return charter.context(role, Optional.of(purpose), Optional.empty(), "").purpose();
    }

    private static boolean isOnward(Strength done, Strength present, boolean down) {
        return down ? done.compareTo(present) < 0 : done.compareTo(present) > 0;
    }

    /** From which probabilities on, down or up from the present one, something else is done. */
    private List<Way> probabilities(Assessment.Judged found, Strength present, boolean down) {
        List<Way> ways = new ArrayList<>();
        double end = down ? 0 : 1;
        double last = found.pHarm();
        Strength done = present;
        for (int step = 1; step <= STEPS; step++) {
            double p = found.pHarm() + (end - found.pHarm()) * step / STEPS;
            Strength here = at(found, p);
            if (here != done) {
                double line = line(found, last, p);
                ways.add(
                        new Way(
                                "p_harm %s %s"
                                        .formatted(down ? "under" : "from", Explanation.p(line)),
                                here));
                done = here;
            }
            last = p;
        }
        return ways;
    }

    /** Where between two probabilities the decision changes into that of the second. */
    private double line(Assessment.Judged found, double from, double to) {
        Strength there = at(found, to);
        double near = from;
        double far = to;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (near + far) / 2;
            if (at(found, middle) == there) {
                far = middle;
            } else {
                near = middle;
            }
        }
        return far;
    }

    private Strength at(Assessment.Judged found, double p) {
        return now.decide(
                        new Assessment.Judged(
                                p, found.hazards(), found.consequence(), found.judge()),
                        now.context(),
                        now.standing())
                .strength();
    }
}
