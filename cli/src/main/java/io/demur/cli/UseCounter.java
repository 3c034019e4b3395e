package io.demur.cli;

import io.demur.gateway.gate.Seen;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.store.Spending;

/** Counts what each principal uses, so that budgets of a day outlive the process. */
record UseCounter(Spending spending) implements Seen {

    @Override
    public void attempted() {}

    @Override
    public void unwritten() {}

    @Override
    public void ended(Attempt attempt, Outcome outcome) {
        spending.add(
                attempt.principal(),
                attempt.project(),
                attempt.at(),
                outcome.tokensIn().orElse(0),
                outcome.tokensOut().orElse(0));
    }
}
