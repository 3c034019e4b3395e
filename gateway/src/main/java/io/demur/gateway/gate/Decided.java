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
    private final Finding finding;
    private final boolean settled;

    Decided(
            String attempt,
            Asked asked,
            Charter charter,
            Context context,
            Decision decision,
            Finding finding,
            boolean settled) {
        this.attempt = attempt;
        this.asked = asked;
        this.charter = charter;
        this.context = context;
        this.decision = decision;
        this.finding = finding;
        this.settled = settled;
    }

    /** The same attempt, of which a person has said something else. */
    Decided with(Decision other) {
        return new Decided(attempt, asked, charter, context, other, finding, settled);
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

    /** What was judged of the reading that carried the decision. */
    public Assessment assessment() {
        return finding.assessment();
    }

    /**
     * Whether that says much: where it does not, the answer is what to look at. It does not either
     * where a judge that was to be asked of any reading did not answer.
     */
    public Sureness sureness() {
        Sureness said =
                charter.policy().sureness(finding.assessment(), context, finding.standing());
        return said == Sureness.SURE && !settled ? Sureness.UNSURE : said;
    }
}
