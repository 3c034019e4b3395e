package io.demur.remote;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.SecondJudge;

/** A guard model's word on whether a response refuses, as a verdict. */
final class GuardRefusals implements SecondJudge {

    private final GuardModel guard;

    GuardRefusals(GuardModel guard) {
        this.guard = guard;
    }

    @Override
    public JudgeId id() {
        return guard.id();
    }

    @Override
    public Verdict judge(Request request, Response response, Verdict before) {
        if (response.text().isBlank()) {
            return Revision.unjudged("there are no words to judge");
        }
        return guard.ruled(
                Dialogue.of(request, response),
                ruling ->
                        ruling.refusal().isPresent()
                                ? Revision.of(before, ruling.refusal().getAsDouble())
                                : Revision.unjudged("the guard does not speak of refusals"),
                unjudged -> Revision.unjudged(unjudged.detail()));
    }
}
