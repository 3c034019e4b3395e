package io.demur.remote;

import io.demur.core.harm.Consequence;
import io.demur.core.harm.Consequence.Reach;
import io.demur.core.harm.Consequence.Reversibility;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The consequence of a harm of which only names are known. A guard says what kind of harm it sees,
 * and never who bears it or how badly; what stands here is what the kind itself implies, and the
 * gravest of several kinds counts.
 */
final class NamedHarm {

    private NamedHarm() {}

    /** The consequence of a harmful request or reply; no hazards where no kind was named. */
    static Consequence of(Collection<Hazard> hazards) {
        Severity severity = Severity.SERIOUS;
        Reach reach = Reach.FEW;
        boolean externalised = hazards.isEmpty();
        List<String> bearers = new ArrayList<>();
        for (Hazard hazard : new TreeSet<>(hazards)) {
            severity = isGrave(hazard) ? Severity.GRAVE : severity;
            reach = reachesMany(hazard) ? Reach.MANY : reach;
            externalised |= !isOfTheAsker(hazard);
            String who = bearer(hazard);
            if (!bearers.contains(who)) {
                bearers.add(who);
            }
        }
        if (bearers.isEmpty()) {
            bearers.add("those affected");
        }
        Reversibility reversibility =
                severity == Severity.GRAVE ? Reversibility.NOT : Reversibility.PARTLY;
        return new Consequence(
                bearers, pathway(hazards), severity, reversibility, reach, externalised);
    }

    private static String pathway(Collection<Hazard> hazards) {
        String named =
                new TreeSet<>(hazards)
                        .stream()
                                .map(hazard -> hazard.name().toLowerCase(Locale.ROOT))
                                .map(name -> name.replace('_', ' '))
                                .collect(Collectors.joining(", "));
        return named.isEmpty()
                ? "A model judged it harmful and did not say in which way."
                : "A model judged it harmful and named the hazard: %s.".formatted(named);
    }

    /** Death, lasting injury, abuse of a child: the definition of grave. */
    private static boolean isGrave(Hazard hazard) {
        return switch (hazard) {
            case VIOLENT_CRIMES,
                    CHILD_SEXUAL_EXPLOITATION,
                    SUICIDE_AND_SELF_HARM,
                    INDISCRIMINATE_WEAPONS ->
                    true;
            case SEX_RELATED_CRIMES,
                    HATE,
                    NON_VIOLENT_CRIMES,
                    PRIVACY,
                    INTELLECTUAL_PROPERTY,
                    DEFAMATION,
                    SEXUAL_CONTENT,
                    SPECIALIZED_ADVICE,
                    ADVERSE_PROCESSING,
                    EXTERNALISED_HARM ->
                    false;
        };
    }

    private static boolean reachesMany(Hazard hazard) {
        return switch (hazard) {
            case INDISCRIMINATE_WEAPONS, HATE, ADVERSE_PROCESSING, EXTERNALISED_HARM -> true;
            case VIOLENT_CRIMES,
                    SEX_RELATED_CRIMES,
                    CHILD_SEXUAL_EXPLOITATION,
                    SUICIDE_AND_SELF_HARM,
                    NON_VIOLENT_CRIMES,
                    PRIVACY,
                    INTELLECTUAL_PROPERTY,
                    DEFAMATION,
                    SEXUAL_CONTENT,
                    SPECIALIZED_ADVICE ->
                    false;
        };
    }

    private static boolean isOfTheAsker(Hazard hazard) {
        return switch (hazard) {
            case SUICIDE_AND_SELF_HARM, SEXUAL_CONTENT, SPECIALIZED_ADVICE -> true;
            case VIOLENT_CRIMES,
                    SEX_RELATED_CRIMES,
                    CHILD_SEXUAL_EXPLOITATION,
                    INDISCRIMINATE_WEAPONS,
                    HATE,
                    NON_VIOLENT_CRIMES,
                    PRIVACY,
                    INTELLECTUAL_PROPERTY,
                    DEFAMATION,
                    ADVERSE_PROCESSING,
                    EXTERNALISED_HARM ->
                    false;
        };
    }

    private static String bearer(Hazard hazard) {
        return switch (hazard) {
            case VIOLENT_CRIMES, SEX_RELATED_CRIMES, NON_VIOLENT_CRIMES -> "victims of the crime";
            case CHILD_SEXUAL_EXPLOITATION -> "children";
            case SUICIDE_AND_SELF_HARM, SPECIALIZED_ADVICE -> "whoever acts on it";
            case INDISCRIMINATE_WEAPONS -> "bystanders";
            case HATE -> "the group it is about";
            case PRIVACY, DEFAMATION -> "the person it is about";
            case INTELLECTUAL_PROPERTY -> "the owners of the work";
            case SEXUAL_CONTENT -> "unwilling readers";
            case ADVERSE_PROCESSING -> "the people in the data";
            case EXTERNALISED_HARM -> "those who bear the cost";
        };
    }
}
