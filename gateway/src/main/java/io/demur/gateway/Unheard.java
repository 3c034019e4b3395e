package io.demur.gateway;

import io.demur.core.JudgeId;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Standing;
import io.demur.core.scope.Belonging;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.judge.Hearing;
import io.demur.wire.chat.Reply;

import java.util.List;
import java.util.Optional;

/** A request that nobody could judge, because the judges broke. */
record Unheard(Throwable why) implements Hearing {

    /** Neither the text nor the message of what broke is shown: both may hold what was asked. */
    static Findings findings(Throwable why) {
        Assessment none = new Assessment.Unjudged(Reason.DOWN, why.getClass().getSimpleName());
        return new Findings(
                List.of(new Finding(none, Standing.FRESH)),
                Optional.of(new Belonging.Unjudged("nobody could judge")));
    }

    @Override
    public Optional<String> conversation() {
        return Optional.empty();
    }

    @Override
    public Findings findings() {
        return findings(why);
    }

    @Override
    public Optional<String> meant() {
        return Optional.empty();
    }

    @Override
    public List<JudgeId> judges() {
        return List.of();
    }

    @Override
    public void refused(String attempt, Optional<Hazard> hazard) {
        // nothing was found that could be remembered
    }

    @Override
    public void answered(Reply released) {
        // what nobody judged is judged when it comes again
    }
}
