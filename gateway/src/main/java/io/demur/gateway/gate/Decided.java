package io.demur.gateway.gate;

import io.demur.core.charter.Charter;
import io.demur.core.harm.Assessment;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Policy.Sureness;
import io.demur.wire.chat.Asked;

/** What the policy in force says of one attempt. Only the {@link Gate} makes one. */
public final class Decided {

    private final String attempt;
    private final Asked asked;
    private final Charter charter;
    private final Context context;
    private final Decision decision;
    private final Decision unheld;
    private final Assessment assessment;
    private final Sureness sureness;

    Decided(
            String attempt,
            Asked asked,
            Charter charter,
            Context context,
            Decision decision,
            Decision unheld,
            Assessment assessment,
            Sureness sureness) {
        this.attempt = attempt;
        this.asked = asked;
        this.charter = charter;
        this.context = context;
        this.decision = decision;
        this.unheld = unheld;
        this.assessment = assessment;
        this.sureness = sureness;
    }

    /** The same attempt, of which a person has said something else. */
    Decided with(Decision other) {
        return new Decided(attempt, asked, charter, context, other, other, assessment, sureness);
    }

    /** The same attempt, which a person is to look at first; who releases it does this. */
    Decided held(Decision hold) {
        return new Decided(attempt, asked, charter, context, hold, unheld, assessment, sureness);
    }

    /** Id of the attempt. */
    public String attempt() {
        return attempt;
    }

    /** Of what it was decided, the model's name included: nothing else can be permitted by it. */
    Asked asked() {
        return asked;
    }

    /** By which it was decided. */
    public Charter charter() {
        return charter;
    }

    public Context context() {
        return context;
    }

    public Decision decision() {
        return decision;
    }

    /** The same without a hold, which is what a person may release. */
    Decision unheld() {
        return unheld;
    }

    /** What was judged of the reading that carried the decision. */
    public Assessment assessment() {
        return assessment;
    }

    /**
     * Whether what was judged says much, of all readings: where one does not, the answer is what to
     * look at. It does not either where a judge that was to be asked of any reading did not answer.
     */
    public Sureness sureness() {
        return sureness;
    }
}
