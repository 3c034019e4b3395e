package io.demur.gateway.judge;

import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of what is no request, or next to none, by the quick judge, and how much of what is said
 * of it counts.
 *
 * @param kind of which it is a piece
 */
record Piece(Heard quick, Kind kind) {

    /** What a piece is of, with the discounts on what is said of it, in log-odds. */
    enum Kind {
        /** Of what a system prompt orders, which is judged as what is asked is. */
        ORDER(0, 0, 1),
        /**
         * Of all that a system prompt says, and mostly forbids: an order may hide there, but nobody
         * is refused for a prohibition.
         */
        RULE(1.5, 4, 0.8),
        /** Of what is asked in a word or three, which names little: judges guess there. */
        BRIEF(1.5, 1.5, 1),
        /** Of anything else, which speaks of what may come and is mostly no request at all. */
        ASIDE(1.5, 4, 1);

        private final double discount;
        private final double discountAlone;
        private final double most;

        /**
         * A kind.
         *
         * @param discount where the second judge has spoken
         * @param discountAlone where it has not
         * @param most the highest probability that counts
         */
        Kind(double discount, double discountAlone, double most) {
            this.discount = discount;
            this.discountAlone = discountAlone;
            this.most = most;
        }
    }

    /** What counts of it as long as the quick judge alone has spoken. */
    Heard alone() {
        return weighed(new Second.Said(quick.assessment(), false, Optional.empty()));
    }

    /** What counts of it after the second judge was asked, or was not. */
    Heard weighed(Second.Said said) {
        if (!(said.assessment() instanceof Assessment.Judged judged)) {
            return quick;
        }
        double discount = said.by().isPresent() ? kind.discount : kind.discountAlone;
        double odds = judged.pHarm() + (1 - judged.pHarm()) * Math.exp(discount);
        double p = Math.min(kind.most, judged.pHarm() / odds);
        Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
        judged.hazards().forEach((hazard, named) -> hazards.put(hazard, Math.min(named, p)));
        Consequence consequence = judged.consequence();
        return new Heard(
                quick.text(), new Assessment.Judged(p, hazards, consequence, judged.judge()));
    }
}
