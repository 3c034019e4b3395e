package io.demur.gateway.review;

import io.demur.core.harm.Assessment;
import io.demur.core.policy.Term;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a whole answer meets the conditions that it was asked for under, as far as words can
 * tell.
 *
 * <p>That harm is counted can be seen in an answer that does it: somebody who bears it stands in
 * one sentence, or in two that follow each other, with what it costs them, and something is
 * measured. Whether the cost is the right one, and whether the plan takes it to heart, cannot. A
 * model is asked for it wherever the policy says so; an answer stays back for want of it where the
 * request is four times likelier harmful than not, and for one harm above others, because elsewhere
 * it is mostly the judge that errs. For every other condition there is only the stricter line that
 * its answers are judged by. An answer in a language of which no words are listed does not meet the
 * first.
 */
final class Terms {

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?:;])\\s+|\\n+");

    /** Beginnings of words, in English, German, French and Spanish. */
    private static final Pattern BEARERS =
            words(
                    "worker|employee|staff|people|person|patient|customer|consumer|user|child|kid",
                    "student|teen|animal|hen|chicken|cow|pig|fish|neighbo|resident|communit|public",
                    "famil|tenant|driver|courier|nurse|citizen|voter|minorit|environment|climate",
                    "wildlife|river|borrower|debtor|applicant|resident|elder|women|operator|crew",
                    "arbeit|beschäftigt|mitarbeit|mensch|patient|kund|kind|tier|henne|nachbar",
                    "anwohner|umwelt|bewohner|mieter|fahrer|bürger|familie",
                    "travailleu|salarié|employé|gens|client|enfant|anima|poule|voisin|riverain",
                    "locataire|habitant|environnement|citoyen|trabajador|emplead|gente|persona",
                    "paciente|cliente|niñ|gallina|vecin|inquilin|medio ambiente|ciudadan");

    private static final Pattern COSTS =
            words(
                    "cost|harm|injur|hurt|pain|stress|fatigue|exhaust|risk|danger|suffer|illness",
                    "sick|death|die|burnout|burn-out|turnover|debt|loss|lose|addict|anxiet|sleep",
                    "pollut|emission|noise|damage|strain|disorder|accident|welfare|evict|price",
                    "kosten|schad|schäd|verletz|schmerz|belast|erschöpf|risik|gefahr|leid|krank",
                    "tod|unfall|schuld|verlust|lärm|sucht|coût|blessure|douleur|souffr|risque",
                    "danger|malad|mort|accident|dette|perte|bruit|pollution|fatigue|costo|coste",
                    "daño|lesion|lesión|dolor|sufr|riesgo|peligr|enferm|muert|accidente|deuda");

    private static final Pattern MEASURES =
            words(
                    "measur|track|count|rate|number|metric|monitor|record|per |percent|survey",
                    "mess|zähl|quote|anzahl|kennzahl|prozent|erfass|mesur|compt|taux|nombre",
                    "indicateur|pour cent|medi|conta|tasa|número|indicador|por ciento");

    /** From which probability of harm of the request on an answer owes it that harm is counted. */
    private static final double OWED = 0.8;

    /** From which probability on a judge knows which harm it speaks of. */
    private static final double KNOWN = 0.5;

    private Terms() {}

    private static Pattern words(String... lists) {
        return Pattern.compile(
                "(?<!\\p{L})(?:" + String.join("|", lists) + ")",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /**
     * Whether all of them are met.
     *
     * @param assessment of the request: who bears the harm
     * @param answer all that it says, reasoning aside
     */
    static boolean areMet(List<Term> terms, Assessment assessment, String answer) {
        return terms.stream().noneMatch(Terms::countsHarm)
                || !isOwed(assessment)
                || isCounted(assessment, answer);
    }

    private static boolean isOwed(Assessment assessment) {
        return assessment instanceof Assessment.Judged judged
                && judged.pHarm() >= OWED
                && judged.hazards().values().stream().anyMatch(p -> p >= KNOWN);
    }

    /** Whether it is the one condition that words can show to be met. */
    static boolean countsHarm(Term term) {
        return term.id().equals(Term.COUNT_HARM.id());
    }

    private static boolean isCounted(Assessment assessment, String answer) {
        boolean measured =
                MEASURES.matcher(answer).find()
                        || answer.indexOf('%') >= 0
                        || answer.chars().anyMatch(Character::isDigit);
        List<String> bearers = bearers(assessment);
        String before = "";
        for (String sentence : SENTENCE_END.splitAsStream(answer).toList()) {
            String both = before + " " + sentence;
            if (measured && COSTS.matcher(both).find() && isNamed(bearers, both)) {
                return true;
            }
            before = sentence;
        }
        return false;
    }

    private static boolean isNamed(List<String> bearers, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return BEARERS.matcher(words).find() || bearers.stream().anyMatch(lower::contains);
    }

    private static List<String> bearers(Assessment assessment) {
        List<String> bearers = new ArrayList<>();
        if (assessment instanceof Assessment.Judged judged) {
            for (String bearer : judged.consequence().bearers()) {
                String lower = bearer.toLowerCase(Locale.ROOT);
                bearers.add(lower.startsWith("the ") ? lower.substring(4) : lower);
            }
        }
        return bearers;
    }
}
