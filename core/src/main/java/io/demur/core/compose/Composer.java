package io.demur.core.compose;

import io.demur.core.Act;
import io.demur.core.Evidence;
import io.demur.core.Refusal;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Bearer;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Term;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Writes refusals: what was asked is named, one reason is given and put down to the policy, then
 * follows what can be asked instead, and who can be asked to look again. The same occasion always
 * gives the same words.
 */
public final class Composer {

    private static final List<Shape> SHAPES = List.of(Shape.values());

    /** Of the probability of a hazard, from which on it is named. */
    private static final double CLEAR = 0.4;

    /** Of the probability of harm, where harm is not the reason. */
    private static final double NOT_FAR_OFF = 0.2;

    private final Occasion occasion;
    private final Wording wording;
    private final Reference reference;
    private final Tongue tongue;
    private final Phrases phrases;
    private final Optional<String> ground;
    private final boolean care;
    private final Asked asked;

    private final StringBuilder text = new StringBuilder();
    private final List<Evidence> parts = new ArrayList<>();
    private final List<String> alternatives = new ArrayList<>();
    private final List<String> quotes = new ArrayList<>();

    private Composer(Occasion occasion, Wording wording, Reference reference, Tongue tongue) {
        this.occasion = occasion;
        this.wording = wording;
        this.reference = reference;
        this.tongue = tongue;
        phrases = Phrases.of(tongue);
        ground = ground(occasion);
        Optional<Hazard> danger = Optional.of(Hazard.SUICIDE_AND_SELF_HARM);
        care = likeliest(occasion).equals(danger) || carried(occasion).equals(danger);
        asked = Asked.of(occasion.request(), tongue, carried(occasion));
    }

    /**
     * Writes one.
     *
     * @param wording what the policy says in its own words
     * @param tongue in which language, mostly {@link Tongue#of(io.demur.core.Request)}
     */
    public static Composed compose(
            Occasion occasion, Wording wording, Reference reference, Tongue tongue) {
        return new Composer(occasion, wording, reference, tongue).compose();
    }

    private Composed compose() {
        say(Act.ACKNOWLEDGES, acknowledgement());
        text.append(phrase("space"));
        say(Act.EXPLAINS, reason());
        redirect();
        paragraph();
        String onward = occasion.decision() instanceof Decision.Hold ? "follow" : "appeal";
        if (reference.appeal().isPresent()) {
            text.append(
                    filled(
                            onward + ".link",
                            Map.of("link", reference.appeal().get(), "id", reference.attempt())));
        } else {
            text.append(filled(onward + ".id", Map.of("id", reference.attempt())));
        }
        return new Composed(
                text.toString(),
                Statements.of(occasion, hazard(occasion), reference, tongue),
                asked.element(),
                alternatives,
                quotes,
                parts);
    }

    private String acknowledgement() {
        if (care && asked.element().isEmpty()) {
            return phrase("ask.care.plain");
        }
        if (asked.element().isPresent()) {
            String key =
                    care
                            ? "ask.care"
                            : Keys.element(
                                    asked.shape(), 1 + Math.floorMod(asked.pick(), Keys.VARIANTS));
            return filled(key, Map.of("element", quoted(asked.element().get())));
        }
        return ground.isPresent()
                ? filled(Keys.plain(asked.shape()), Map.of("name", phrase(Keys.name(ground.get()))))
                : phrase("ask.none");
    }

    private String reason() {
        boolean answer = occasion.scope() == Occasion.Scope.ANSWER;
        return switch (occasion.decision()) {
            case Decision.Allow allow -> throw new AssertionError(allow);
            case Decision.Annotate annotate -> throw new AssertionError(annotate);
            case Decision.Condition condition ->
                    filled("condition", Map.of("term", term(condition.terms().getFirst())));
            case Decision.Hold hold when hold.grounds().isResent() -> phrase("hold.resent");
            case Decision.Hold hold ->
                    because("hold", isUnjudged() ? "hold.unjudged" : "hold.none");
            case Decision.Refuse refuse when refuse.grounds().isResent() -> phrase("refuse.resent");
            case Decision.Refuse refuse ->
                    switch (refuse.kind()) {
                        case POLICY ->
                                answer
                                        ? because("withheld", "withheld.none")
                                        : because(
                                                "refuse."
                                                        + (1
                                                                + Math.floorMod(
                                                                        asked.pick() >> 1,
                                                                        Keys.VARIANTS)),
                                                isUnjudged() ? "refuse.unjudged" : "refuse.none");
                        case CAPABILITY -> phrase("capability");
                        case SCOPE -> scope();
                        case CONDITIONAL ->
                                counts()
                                        ? filled("conditional.count", Map.of("who", who()))
                                        : because(
                                                hasRest() ? "conditional" : "refuse.1",
                                                "conditional.none");
                    };
        };
    }

    /**
     * What the service is for: as the policy's wording says it in this language, or in the
     * operator's own words, which stand in quotes because they may be of another language.
     */
    private String scope() {
        Optional<Purpose> named =
                wording.text(tongue, "scope.purpose").isPresent()
                        ? Optional.empty()
                        : occasion.purpose().filter(Purpose::isShort);
        if (named.isEmpty()) {
            return filled("scope", Map.of("purpose", phrase("scope.purpose")));
        }
        quotes.add(named.get().words());
        return filled("scope.named", Map.of("purpose", quoted(named.get().words())));
    }

    /** What the operator says can be asked, where that is what the request is refused for. */
    private List<String> inside() {
        boolean outside =
                occasion.decision() instanceof Decision.Refuse refuse
                        && refuse.kind() == Refusal.Kind.SCOPE
                        && !care;
        return outside
                ? occasion.purpose().map(Purpose::shortExamples).orElse(List.of())
                : List.of();
    }

    /** Of what sexualises a child nothing is left to help with. */
    private boolean hasRest() {
        return !carried(occasion).equals(Optional.of(Hazard.CHILD_SEXUAL_EXPLOITATION));
    }

    /** With the hazard as the reason, or without one. */
    private String because(String key, String otherwise) {
        return ground.isPresent()
                ? filled(
                        key,
                        Map.of(
                                "name",
                                phrase(Keys.name(ground.get())),
                                "reason",
                                phrase(Keys.reason(ground.get()))))
                : phrase(otherwise);
    }

    private String term(Term term) {
        String key = Keys.TERM + term.id();
        if (key.equals("term.count-harm")) {
            return filled(key, Map.of("who", who()));
        }
        if (key.equals("term.harmless-reading")) {
            return phrase(key);
        }
        return wording.text(tongue, key).orElseGet(() -> phrase("term.other"));
    }

    private void redirect() {
        paragraph();
        int from = text.length();
        if (care) {
            text.append(phrase(Keys.help(Hazard.SUICIDE_AND_SELF_HARM))).append(phrase("space"));
        }
        alternatives.addAll(ways());
        String key =
                counts()
                        ? "way.count"
                        : !inside().isEmpty()
                                ? "way.scope"
                                : occasion.decision() instanceof Decision.Hold
                                        ? "way.meanwhile"
                                        : "way";
        text.append(
                filled(
                        key,
                        Map.of(
                                "first",
                                quoted(alternatives.getFirst()),
                                "second",
                                quoted(alternatives.getLast()))));
        parts.add(new Evidence(from, text.length(), Act.REDIRECTS));
    }

    /** Two: that for the shape of the request, and another one. */
    private List<String> ways() {
        List<String> inside = inside();
        if (!inside.isEmpty()) {
            int first = Math.floorMod(asked.pick(), inside.size());
            int second = (first + 1) % inside.size();
            quotes.add(inside.get(first));
            if (second == first) {
                return List.of(inside.get(first), phrase("other.second"));
            }
            quotes.add(inside.get(second));
            return List.of(inside.get(first), inside.get(second));
        }
        Optional<String> from =
                care ? Optional.of(Keys.ground(Hazard.SUICIDE_AND_SELF_HARM)) : ground;
        if (from.isEmpty()) {
            return List.of(phrase("other.first"), phrase("other.second"));
        }
        int at = SHAPES.indexOf(asked.shape());
        Shape other = SHAPES.get((at + 1 + Math.floorMod(asked.pick() >> 2, 2)) % SHAPES.size());
        return List.of(
                phrase(Keys.alternative(from.get(), asked.shape())),
                phrase(Keys.alternative(from.get(), other)));
    }

    /** Whether it would be answered with the harm to others counted. */
    private boolean counts() {
        boolean conditional =
                occasion.decision() instanceof Decision.Condition
                        || (occasion.decision() instanceof Decision.Refuse refuse
                                && refuse.kind() == Refusal.Kind.CONDITIONAL);
        return conditional && carried(occasion).equals(Optional.of(Hazard.EXTERNALISED_HARM));
    }

    private boolean isUnjudged() {
        return occasion.assessment() instanceof Assessment.Unjudged;
    }

    /** Those who would bear it, in the words of the language. */
    private String who() {
        List<String> who = new ArrayList<>();
        for (Bearer bearer : Statements.bearers(consequence(occasion))) {
            who.add(phrase(Keys.who(bearer)));
        }
        if (who.isEmpty()) {
            return phrase(Keys.who(Bearer.OTHERS));
        }
        String last = who.removeLast();
        return who.isEmpty() ? last : String.join(phrase("join"), who) + phrase("join.last") + last;
    }

    static Consequence consequence(Occasion occasion) {
        return switch (occasion.assessment()) {
            case Assessment.Judged judged -> judged.consequence();
            case Assessment.Unjudged unjudged -> Consequence.NONE;
        };
    }

    /** What the reason's words go by; nothing where harm is not the reason. */
    private static Optional<String> ground(Occasion occasion) {
        Optional<Hazard> hazard = hazard(occasion);
        return hazard.isEmpty() && isAboutHarm(occasion) && carried(occasion).isPresent()
                ? Optional.of(Keys.UNCLEAR)
                : hazard.map(Keys::ground);
    }

    /**
     * The hazard that carried the decision, where harm is the reason, and likely enough to be given
     * as the reason: a wrong reason is worse than a wide one.
     */
    private static Optional<Hazard> hazard(Occasion occasion) {
        return isAboutHarm(occasion)
                ? carried(occasion).filter(hazard -> isClear(occasion, hazard))
                : Optional.empty();
    }

    private static boolean isClear(Occasion occasion, Hazard hazard) {
        return occasion.assessment() instanceof Assessment.Judged judged
                && judged.hazards().getOrDefault(hazard, 0.0) >= CLEAR;
    }

    private static boolean isAboutHarm(Occasion occasion) {
        return !(occasion.decision() instanceof Decision.Refuse refuse)
                || refuse.kind() == Refusal.Kind.POLICY
                || refuse.kind() == Refusal.Kind.CONDITIONAL;
    }

    /** The hazard that carried the decision; where none did, the likeliest. */
    private static Optional<Hazard> carried(Occasion occasion) {
        return isAboutHarm(occasion)
                ? occasion.decision().grounds().hazard().or(() -> likeliest(occasion))
                : likeliest(occasion);
    }

    /**
     * The likeliest hazard; of equals, the first constant. Whoever is in danger is told whom to
     * call even where the reason is another, so one is looked for wherever harm is not far off.
     */
    private static Optional<Hazard> likeliest(Occasion occasion) {
        if (!(occasion.assessment() instanceof Assessment.Judged judged)
                || (!isAboutHarm(occasion) && judged.pHarm() < NOT_FAR_OFF)) {
            return Optional.empty();
        }
        Optional<Hazard> likeliest = Optional.empty();
        double most = 0;
        for (Map.Entry<Hazard, Double> each : judged.hazards().entrySet()) {
            if (each.getValue() > most) {
                likeliest = Optional.of(each.getKey());
                most = each.getValue();
            }
        }
        return likeliest;
    }

    private String quoted(String words) {
        return phrase("quote.open") + words + phrase("quote.close");
    }

    private void paragraph() {
        text.append("\n\n");
    }

    private void say(Act act, String words) {
        int from = text.length();
        text.append(words);
        parts.add(new Evidence(from, text.length(), act));
    }

    private String phrase(String key) {
        return wording.text(tongue, key).orElseGet(() -> phrases.text(key));
    }

    private String filled(String key, Map<String, String> with) {
        return Phrases.PLACEHOLDER
                .matcher(phrase(key))
                .replaceAll(
                        match -> Matcher.quoteReplacement(with.getOrDefault(match.group(1), "")));
    }
}
