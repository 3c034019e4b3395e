package io.demur.remote;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.SecondJudge;

/** A guard model's word on whether a response refuses, as a verdict. */
final class GuardRefusals implements SecondJudge {

    private final GuardModel guard;
    private final LinearJudge linear;

    GuardRefusals(GuardModel guard, LinearJudge linear) {
        this.guard = guard;
        this.linear = linear;
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
        Revision revision = new Revision(linear, request, response, before);
        return guard.ruled(
                Dialogue.of(request, response),
                ruling ->
                        ruling.refusal().isPresent()
                                ? revision.refusing(ruling.refusal().getAsDouble())
                                : Revision.unjudged("the guard does not speak of refusals"),
                unjudged -> Revision.unjudged(unjudged.detail()));
    }
}
