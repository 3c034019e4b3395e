package io.demur.gateway.judge;

import io.demur.core.harm.Assessment;

/**
 * Some words and what was judged of them.
 *
 * @param text the words that a refusal of it would be remembered by
 */
record Heard(String text, Assessment assessment) {

    /** Probability of harm; that of what nobody could judge is 0 here. */
    double pHarm() {
        return assessment instanceof Assessment.Judged judged ? judged.pHarm() : 0;
    }
}
