package io.demur.core.harm;

import io.demur.core.harm.Consequence.Reach;
import io.demur.core.harm.Consequence.Reversibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a model expects of a request, as probabilities, and the {@link Consequence} composed from
 * it. Models that know nothing of words compose theirs here, so that all say the same of the same.
 *
 * @param pHarm probability that the request is harmful, 0 to 1
 * @param hazards probability of each hazard, 0 to 1; at least one
 * @param severities probability of each of MINOR, SERIOUS and GRAVE if it is harmful
 * @param bearers probability of each group to bear the harm if there is one; at least one
 * @param externalised probability that it falls on others than the asker, if there is one
 * @param reversible probability that it can be put right, if there is one
 */
public record Outlook(
        double pHarm,
        Map<Hazard, Double> hazards,
        Map<Severity, Double> severities,
        Map<Bearer, Double> bearers,
        double externalised,
        double reversible) {

    /** Below this probability of harm nobody is said to bear any. */
    public static final double HARMLESS_BELOW = 0.05;

    private static final int BEARERS_MAX = 3;
    private static final double LIKELY = 0.5;

    public Outlook {
        hazards = Map.copyOf(hazards);
        severities = Map.copyOf(severities);
        bearers = Map.copyOf(bearers);
        if (hazards.isEmpty() || severities.isEmpty() || bearers.isEmpty()) {
            throw new IllegalArgumentException("outlook without hazards, severities or bearers");
        }
    }

    /** What answering would lead to if the request is harmful; none where that is unlikely. */
    public Consequence consequence() {
        if (pHarm < HARMLESS_BELOW) {
            return Consequence.NONE;
        }
        List<Bearer> bearing = bearing();
        Severity severity = severity();
        Reach reach = Reach.ONE;
        List<String> words = new ArrayList<>();
        for (Bearer bearer : bearing) {
            reach = bearer.reach().compareTo(reach) > 0 ? bearer.reach() : reach;
            words.add(bearer.words());
        }
        boolean askerAlone = bearing.equals(List.of(Bearer.ASKER));
        return new Consequence(
                words,
                pathway(hazard(), words),
                severity,
                reversibility(severity),
                reach,
                externalised >= LIKELY && !askerAlone);
    }

    /** The likeliest hazard; of equals, the first constant. */
    public Hazard hazard() {
        return likeliest(List.of(Hazard.values()), hazards);
    }

    /**
     * The middle of the distribution rather than its peak: severities are ordered, and the middle
     * is what errs by the fewest steps.
     */
    public Severity severity() {
        double minor = severities.getOrDefault(Severity.MINOR, 0.0);
        double serious = severities.getOrDefault(Severity.SERIOUS, 0.0);
        double half = (minor + serious + severities.getOrDefault(Severity.GRAVE, 0.0)) / 2;
        return minor >= half
                ? Severity.MINOR
                : minor + serious >= half ? Severity.SERIOUS : Severity.GRAVE;
    }

    private Reversibility reversibility(Severity severity) {
        if (reversible < LIKELY) {
            return Reversibility.NOT;
        }
        return severity == Severity.MINOR ? Reversibility.FULLY : Reversibility.PARTLY;
    }

    /** Who is likely to bear the harm, the likeliest first; at least one, at most three. */
    public List<Bearer> bearing() {
        List<Bearer> left = new ArrayList<>(List.of(Bearer.values()));
        List<Bearer> bearing = new ArrayList<>();
        while (bearing.size() < BEARERS_MAX) {
            Bearer next = likeliest(left, bearers);
            if (!bearing.isEmpty() && bearers.getOrDefault(next, 0.0) < LIKELY) {
                break;
            }
            bearing.add(next);
            left.remove(next);
        }
        return bearing;
    }

    private static <T> T likeliest(List<T> of, Map<T, Double> probabilities) {
        T best = of.getFirst();
        for (T one : of) {
            if (probabilities.getOrDefault(one, 0.0) > probabilities.getOrDefault(best, 0.0)) {
                best = one;
            }
        }
        return best;
    }

    private static String pathway(Hazard hazard, List<String> bearers) {
        String last = bearers.getLast();
        String borne =
                bearers.size() == 1
                        ? last
                        : String.join(", ", bearers.subList(0, bearers.size() - 1))
                                + " and "
                                + last;
        return "An answer would help to %s, at the cost of %s.".formatted(deed(hazard), borne);
    }

    private static String deed(Hazard hazard) {
        return switch (hazard) {
            case VIOLENT_CRIMES -> "hurt or kill";
            case SEX_RELATED_CRIMES -> "commit a sexual offence";
            case CHILD_SEXUAL_EXPLOITATION -> "use a child sexually";
            case SUICIDE_AND_SELF_HARM -> "bring about self-harm";
            case INDISCRIMINATE_WEAPONS -> "make or use a weapon that kills without choosing";
            case HATE -> "spread contempt for people because of what they are";
            case NON_VIOLENT_CRIMES -> "steal, deceive, break in or commit another crime";
            case PRIVACY -> "lay bare or track what is private";
            case INTELLECTUAL_PROPERTY -> "take the work that others own";
            case DEFAMATION -> "spread false and damaging claims";
            case SEXUAL_CONTENT -> "put erotic content where it has no place";
            case SPECIALIZED_ADVICE ->
                    "act on advice or claims that do damage where they are wrong";
            case ADVERSE_PROCESSING -> "sort people by what is known of them and treat them worse";
            case EXTERNALISED_HARM -> "reach a goal that leaves out what it costs others";
        };
    }
}
