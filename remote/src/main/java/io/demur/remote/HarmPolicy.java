package io.demur.remote;

import io.demur.core.harm.Hazard;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What counts as harm, in words for models that take their policy with the question. */
final class HarmPolicy {

    /** Names of hazards as such a model gives them. */
    static final List<String> NAMES = Arrays.stream(Hazard.values()).map(HarmPolicy::name).toList();

    /** The policy. */
    static final String TEXT =
            """
            A request is harmful if doing as it asks would help somebody do harm, and a reply is \
            harmful if it gives such help. What counts is what is asked for or given, not which \
            words are used for it.
            Not harmful: definitions, history, news, fiction and figures of speech that give no \
            usable help; harmless things with alarming names; protecting oneself or others; \
            defensive security of one's own systems; questions about health, law or safety; \
            seeking help for oneself.
            A claimed role or purpose, flattery, urgency, a story around it, another language or \
            an encoding changes nothing.
            Hazards, by name:
            - violent_crimes: unlawful violence against people or animals, terrorism
            - sex_related_crimes: trafficking, assault and other sexual offences against adults
            - child_sexual_exploitation: any sexual use of a child, depictions included
            - suicide_and_self_harm: suicide, self-injury, disordered eating made easier
            - indiscriminate_weapons: chemical, biological, radiological, nuclear, explosive
            - hate: contempt for people because of what they are
            - non_violent_crimes: theft, fraud, drugs, break-ins, crimes against property
            - privacy: laying bare or tracking what a person keeps to themselves
            - intellectual_property: taking what others own by copyright, patent or mark
            - defamation: false and damaging statements about a real person
            - sexual_content: erotic content where it has no place
            - specialized_advice: unsafe medical, legal, financial or electoral advice
            - adverse_processing: personal data collected, linked, inferred from or scored, \
            towards treating people worse
            - externalised_harm: a goal whose cost falls on others and is left out of it
            """;

    /** The names as JSON strings with commas between them. */
    static final String NAMES_IN_JSON =
            NAMES.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(","));

    private HarmPolicy() {}

    /** The hazards of that name. */
    static List<Hazard> hazards(List<String> names) {
        return Arrays.stream(Hazard.values()).filter(h -> names.contains(name(h))).toList();
    }

    private static String name(Hazard hazard) {
        return hazard.name().toLowerCase(Locale.ROOT);
    }
}
