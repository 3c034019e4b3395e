package io.demur.cli;

import io.demur.core.Refusal;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Cost;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why one request is decided as it is, and what would have to be true for it to be decided
 * otherwise, in one screen.
 *
 * @param policy what decides
 * @param because the policy's own reasons for its rules, by their ids
 * @param judged whether a judge has spoken; otherwise the judgement is only supposed
 */
record Explanation(
        Policy policy,
        Map<String, String> because,
        boolean judged,
        Assessment assessment,
        Context context,
        Standing standing) {

    /** A standing as it is after a refusal by ourselves. */
    static final Standing REFUSED =
            new Standing.Refused(
                    new Standing.Earlier(
                            "earlier", Refusal.Origin.GATEWAY, Standing.Likeness.SAME));

    private static final int WIDTH = 87;
    private static final int RULES_MAX = 3;
    private static final int TERMS_MAX = 2;
    private static final int LINES_MAX = 24;
    private static final double HAZARD_MIN = 0.05;
    private static final int STEPS = 500;
    private static final int HALVINGS = 40;

    /** Something that alone, if it were so, would change what is done, and into what. */
    private record Way(String so, Strength done) {}

    /** The whole explanation, at most 24 lines. */
    List<String> lines() {
        Decision decision = decide(assessment, context, standing);
        List<String> lines = new ArrayList<>();
        lines.addAll(
                row(
                        "decision",
                        "this request is %s, at posture %d of 10"
                                .formatted(
                                        PolicyWords.done(decision.strength()),
                                        policy.posture().level())));
        rules(lines, decision);
        switch (assessment) {
            case Assessment.Unjudged unjudged -> lines.addAll(row("judged", "by nobody"));
            case Assessment.Judged found -> judged(lines, found, decision);
        }
        lines.addAll(row("asked", asked()));
        terms(lines, decision);
        ways(lines, decision);
        return lines;
    }

    private Decision decide(Assessment of, Context by, Standing as) {
        return policy.decide(of, by, as);
    }

    private void rules(List<String> lines, Decision decision) {
        String name = "because";
        for (String rule : decision.rules().stream().limit(RULES_MAX).toList()) {
            String reason = PolicyWords.because(rule, policy, because);
            lines.addAll(row(name, "%s: %s".formatted(rule, reason)));
            name = name.equals("because") ? "beside it" : "";
        }
    }

    private void judged(List<String> lines, Assessment.Judged found, Decision decision) {
        lines.addAll(
                row(
                        judged ? "judged" : "supposed",
                        "p_harm %s, %s, %s%s"
                                .formatted(
                                        p(found.pHarm()),
                                        PolicyWords.word(found.severity()),
                                        PolicyWords.word(policy.sureness(found, context, standing)),
                                        judged ? " (%s)".formatted(found.judge().name()) : "")));
        Optional<Hazard> carried = decision.grounds().hazard();
        List<String> hazards =
                found.hazards().entrySet().stream()
                        .filter(
                                each ->
                                        each.getValue() >= HAZARD_MIN
                                                || carried.equals(Optional.of(each.getKey())))
                        .sorted(Map.Entry.<Hazard, Double>comparingByValue().reversed())
                        .map(
                                each ->
                                        "%s %.2f%s"
                                                .formatted(
                                                        PolicyWords.word(each.getKey()),
                                                        each.getValue(),
                                                        carried.equals(Optional.of(each.getKey()))
                                                                ? " (decides)"
                                                                : ""))
                        .toList();
        if (judged && !hazards.isEmpty()) {
            lines.addAll(row("hazards", String.join(", ", hazards)));
        } else if (!judged) {
            lines.addAll(row("hazard", carried.map(PolicyWords::word).orElse("none is named")));
        }
        if (judged && !found.consequence().bearers().isEmpty()) {
            lines.addAll(row("harm to", String.join(", ", found.consequence().bearers())));
        }
        decision.cost().ifPresent(cost -> lines.addAll(row("weighed", weighed(cost))));
    }

    private static String weighed(Cost cost) {
        return "answering costs %.2f, refusing %.2f (a needless refusal is 1)"
                .formatted(cost.answering(), cost.refusing());
    }

    private String asked() {
        List<String> parts = new ArrayList<>();
        parts.add("%s model".formatted(PolicyWords.word(context.model())));
        parts.add(who("role", context.role(), policy.table().axes().roles()));
        parts.add(who("purpose", context.purpose(), policy.table().axes().purposes()));
        parts.add("stage " + PolicyWords.word(context.stage()));
        parts.add(
                switch (standing.kind()) {
                    case FRESH -> "not refused before";
                    case REFUSED -> "refused here before";
                    case REOPENED -> "reopened after a refusal";
                });
        return String.join(" · ", parts);
    }

    private static String who(String what, String name, List<String> named) {
        if (name.equals(Axes.OTHER)) {
            return "no named " + what;
        }
        return named.contains(name)
                ? "%s `%s`".formatted(what, name)
                : "%s `%s`, which the policy does not name".formatted(what, name);
    }

    private static void terms(List<String> lines, Decision decision) {
        if (decision instanceof Decision.Condition condition) {
            condition.terms().stream()
                    .limit(TERMS_MAX)
                    .forEach(
                            term ->
                                    lines.addAll(
                                            row(
                                                    "condition",
                                                    "%s: %s".formatted(term.id(), term.text()))));
        }
    }

    /** What alone would have to be otherwise, the nearest first. */
    private void ways(List<String> lines, Decision decision) {
        boolean kept = decision.strength().compareTo(Strength.CONDITION) >= 0;
        List<Way> ways = new ArrayList<>();
        if (assessment instanceof Assessment.Judged found) {
            ways.addAll(probabilities(found, decision.strength(), kept));
        }
        List<Way> others = new ArrayList<>();
        for (String role : policy.table().axes().roles()) {
            Context now = new Context(context.model(), role, context.purpose(), context.stage());
            String so = role.equals(Axes.OTHER) ? "in no named role" : "in role `" + role + "`";
            others.add(new Way("asked " + so, decide(assessment, now, standing).strength()));
        }
        for (String purpose : policy.table().axes().purposes()) {
            Context now = new Context(context.model(), context.role(), purpose, context.stage());
            String so =
                    purpose.equals(Axes.OTHER) ? "for no named purpose" : "for `" + purpose + "`";
            others.add(new Way("asked " + so, decide(assessment, now, standing).strength()));
        }
        for (ModelClass model : ModelClass.values()) {
            Context now = new Context(model, context.role(), context.purpose(), context.stage());
            String so = "asked of a %s model".formatted(PolicyWords.word(model));
            others.add(new Way(so, decide(assessment, now, standing).strength()));
        }
        boolean refused = standing.kind() == Standing.Kind.REFUSED;
        others.add(
                new Way(
                        refused
                                ? "not refused before, or after an upheld appeal"
                                : "refused before",
                        decide(assessment, context, refused ? Standing.FRESH : REFUSED)
                                .strength()));
        others.stream()
                .filter(way -> isOnward(way.done(), decision.strength(), kept))
                .sorted(Comparator.comparing(Way::done, PolicyWords.towards(kept)))
                .forEach(ways::add);
        if (decision.strength() == Strength.HOLD) {
            ways.add(new Way("a person has looked and found it right", Strength.ALLOW));
        }
        String head =
                kept
                        ? "to be answered, or answered sooner, one of these would have to be true"
                        : "it would be kept back more if one of these were true";
        lines.add("");
        lines.add(ways.isEmpty() ? "nothing that the policy knows of would change that" : head);
        int room = LINES_MAX - lines.size();
        int shown = ways.size() <= room ? ways.size() : room - 1;
        ways.stream()
                .limit(shown)
                .forEach(
                        way ->
                                lines.add(
                                        "  %-48s %s"
                                                .formatted(
                                                        way.so(), PolicyWords.done(way.done()))));
        if (ways.size() > shown) {
            lines.add("  and %d more".formatted(ways.size() - shown));
        }
    }

    private static boolean isOnward(Strength done, Strength now, boolean down) {
        return down ? done.compareTo(now) < 0 : done.compareTo(now) > 0;
    }

    /** From which probabilities on, down or up from the present one, something else is done. */
    private List<Way> probabilities(Assessment.Judged found, Strength now, boolean down) {
        List<Way> ways = new ArrayList<>();
        double end = down ? 0 : 1;
        double last = found.pHarm();
        Strength done = now;
        for (int step = 1; step <= STEPS; step++) {
            double p = found.pHarm() + (end - found.pHarm()) * step / STEPS;
            Strength here = at(found, p);
            if (here != done) {
                double line = line(found, last, p);
                ways.add(new Way("p_harm %s %s".formatted(down ? "under" : "from", p(line)), here));
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
        return decide(
                        new Assessment.Judged(
                                p, found.hazards(), found.consequence(), found.judge()),
                        context,
                        standing)
                .strength();
    }

    private static String p(double p) {
        String digits = String.format(Locale.ROOT, "%.4f", p);
        return digits.endsWith("00") ? digits.substring(0, 4) : digits;
    }

    /** A row of one or two lines. */
    private static List<String> row(String name, String words) {
        if (words.length() <= WIDTH) {
            return List.of("%-10s %s".formatted(name, words));
        }
        int at = Math.max(1, words.lastIndexOf(' ', WIDTH));
        String rest = words.substring(at + 1);
        String cut = rest.length() <= WIDTH ? rest : rest.substring(0, WIDTH - 1) + "…";
        return List.of(
                "%-10s %s".formatted(name, words.substring(0, at)), "%-10s %s".formatted("", cut));
    }
}
