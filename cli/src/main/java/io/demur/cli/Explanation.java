package io.demur.cli;

import io.demur.core.Refusal;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Ruling;
import io.demur.core.charter.Scope;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Cost;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;
import io.demur.core.scope.Belonging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why one request is decided as it is, and what would have to be true for it to be decided
 * otherwise, in one screen.
 *
 * @param charter what the policy stands in, where a document was given
 * @param policy what decides about harm
 * @param belonging what was judged of the charter's scope; nothing where that was not asked
 * @param judged whether a judge has spoken; otherwise the judgement is only supposed
 * @param declared the purpose that was declared, whether or not it counts
 * @param context of the request, with the purpose that counts
 */
record Explanation(
        Optional<Charter> charter,
        Policy policy,
        Optional<Belonging> belonging,
        boolean judged,
        Assessment assessment,
        String declared,
        Context context,
        Standing standing) {

    /** A standing as it is after a refusal by ourselves. */
    static final Standing REFUSED =
            new Standing.Refused(
                    new Standing.Earlier(
                            "earlier", Refusal.Origin.GATEWAY, Standing.Likeness.SAME));

    private static final int WIDTH = 88;
    private static final int ROW_MAX = 2;
    private static final int RULES_MAX = 3;
    private static final int TERMS_MAX = 2;
    private static final int TERM_LINES_MAX = 3;
    private static final int LINES_MAX = 24;
    private static final int WAYS_MIN = 6;
    private static final double COST_MAX = 1000;
    private static final double HAZARD_MIN = 0.05;

    /** The whole explanation, at most 24 lines: the more is to be said, the fewer rules. */
    List<String> lines() {
        List<String> lines = lines(RULES_MAX);
        for (int rules = RULES_MAX - 1; rules > 0 && isLong(lines); rules--) {
            lines = lines(rules);
        }
        ways(lines, decide(assessment, context, standing));
        return lines;
    }

    private static boolean isLong(List<String> lines) {
        return lines.size() > LINES_MAX - WAYS_MIN;
    }

    private List<String> lines(int rules) {
        Decision decision = decide(assessment, context, standing);
        List<String> lines = new ArrayList<>();
        lines.addAll(
                row(
                        "decision",
                        "this request is %s, at posture %d of 10"
                                .formatted(
                                        PolicyWords.done(decision.strength()),
                                        policy.posture().level())));
        rules(lines, decision, rules);
        switch (assessment) {
            case Assessment.Unjudged unjudged -> lines.addAll(row("judged", "by nobody"));
            case Assessment.Judged found -> judged(lines, found, decision);
        }
        charter.flatMap(Charter::scope).ifPresent(it -> lines.addAll(row("scope", scope())));
        lines.addAll(row("asked", asked()));
        terms(lines, decision);
        return lines;
    }

    Decision decide(Assessment of, Context by, Standing as) {
        return ruled(policy.decide(of, by, as));
    }

    /** What stands where the scope has its say. */
    private Decision ruled(Decision harm) {
        Optional<Scope> scope = charter.flatMap(Charter::scope);
        return scope.isPresent() && belonging.isPresent()
                ? Ruling.of(harm, scope.get(), belonging.get()).decision()
                : harm;
    }

    private void rules(List<String> lines, Decision decision, int most) {
        Map<String, String> because = charter.map(Charter::because).orElse(Map.of());
        String name = "because";
        for (String rule : decision.rules().stream().limit(most).toList()) {
            String reason = PolicyWords.because(rule, policy, because);
            lines.addAll(row(name, "%s: %s".formatted(rule, reason)));
            name = name.equals("because") ? "beside it" : "";
        }
    }

    private String scope() {
        if (belonging.isEmpty()) {
            return "not asked here: it is judged by the words of a request, and a cell has none";
        }
        return switch (belonging.get()) {
            case Belonging.Judged found ->
                    "outside with %s (refused from %.2f, the model is told from %.2f)"
                            .formatted(p(found.pOutside()), Ruling.REFUSED_FROM, Ruling.TOLD_FROM);
            case Belonging.Unjudged unjudged ->
                    "nobody could tell (%s): the model is told".formatted(unjudged.reason());
        };
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
                                                                ? decides(found, each.getValue())
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
        decision.cost()
                .ifPresent(
                        cost ->
                                lines.addAll(
                                        row("weighed", weighed(cost, isOfScope(decision), found))));
    }

    /** That a hazard decides, and with which probability, where not with that of all harm. */
    private static String decides(Assessment.Judged found, double own) {
        double entered = found.pHarm() * own / Collections.max(found.hazards().values());
        return p(entered).equals(p(found.pHarm()))
                ? " (decides)"
                : " (decides, entered with %s)".formatted(p(entered));
    }

    private static boolean isOfScope(Decision decision) {
        return decision instanceof Decision.Refuse refuse && refuse.kind() == Refusal.Kind.SCOPE;
    }

    private static String weighed(Cost cost, boolean scope, Assessment.Judged found) {
        boolean never = cost.answering() == 0 && found.pHarm() > 0 && found.pHarm() < 1;
        return "%sanswering costs %s, refusing %.2f (%s)"
                .formatted(
                        scope ? "for its harm alone " : "",
                        cost.answering() > COST_MAX
                                ? "over %,.0f".formatted(COST_MAX)
                                : "%.2f".formatted(cost.answering()),
                        cost.refusing(),
                        never ? "nothing is refused in its cell" : "a needless refusal is 1");
    }

    private String asked() {
        OtherWays ways = new OtherWays(this);
        List<String> parts = new ArrayList<>();
        parts.add(
                "%s model%s"
                        .formatted(
                                PolicyWords.word(context.model()),
                                ways.mayAsk(context.role(), context.model())
                                        ? ""
                                        : ", which this role may not ask"));
        parts.add(who("role", context.role(), policy.table().axes().roles()));
        parts.add(
                charter.isPresent() && !ways.isGranted(context.role(), declared)
                        ? "purpose `%s` is not granted to role `%s`"
                                .formatted(declared, context.role())
                        : who("purpose", declared, policy.table().axes().purposes()));
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
                                                    "%s: %s".formatted(term.id(), term.text()),
                                                    TERM_LINES_MAX)));
        }
    }

    /** What alone would have to be otherwise, the nearest first. */
    private void ways(List<String> lines, Decision decision) {
        boolean kept = OtherWays.isKept(decision);
        List<OtherWays.Way> ways = new OtherWays(this).of(decision);
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

    static String p(double p) {
        String digits = String.format(Locale.ROOT, "%.4f", p);
        return digits.endsWith("00") ? digits.substring(0, 4) : digits;
    }

    private static List<String> row(String name, String words) {
        return row(name, words, ROW_MAX);
    }

    /** A row of some lines; what does not fit into the last is cut. */
    private static List<String> row(String name, String words, int most) {
        List<String> lines = new ArrayList<>();
        String head = name;
        String rest = words;
        while (lines.size() < most - 1 && rest.length() > WIDTH) {
            int space = rest.lastIndexOf(' ', WIDTH);
            int at = space > 0 ? space : WIDTH;
            lines.add("%-10s %s".formatted(head, rest.substring(0, at)));
            rest = rest.substring(at).strip();
            head = "";
        }
        String cut = rest.length() <= WIDTH ? rest : rest.substring(0, WIDTH - 1) + "…";
        lines.add("%-10s %s".formatted(head, cut));
        return lines;
    }
}
