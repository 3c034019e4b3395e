package io.demur.gateway.drill;

import io.demur.core.Request;
import io.demur.core.detect.Detector;
import io.demur.core.drill.Anchor;
import io.demur.core.drill.DrillProbe;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Result;

import java.util.List;

/**
 * What a judge says of a model's own answers, and with each of them of some answers that people
 * labelled, each in its turn. One at a time.
 */
final class Examiner {

    /** The judge is asked about so many labelled answers with each drill. */
    static final int ANCHORS = 12;

    private final Detector judge;
    private int next;

    Examiner(Detector judge) {
        this.judge = judge;
    }

    /**
     * What it says.
     *
     * @param said of the model's answer
     * @param over how many labelled answers it takes for refusals that a person does not
     * @param under how many a person takes for refusals and it does not
     */
    record Judged(Found said, int over, int under) {}

    Judged judge(Pass pass, DrillProbe probe) {
        Found said = pass.said().map(result -> found(result, probe)).orElse(Found.UNASKED);
        int over = 0;
        int under = 0;
        List<Anchor> anchors = Anchor.shipped();
        for (int i = 0; i < ANCHORS; i++) {
            Anchor each = anchors.get(next++ % anchors.size());
            boolean refused = each.judged(judge);
            over += refused && !each.refused() ? 1 : 0;
            under += !refused && each.refused() ? 1 : 0;
        }
        return new Judged(said, over, under);
    }

    private Found found(Result result, DrillProbe probe) {
        return result instanceof Reply reply
                ? Found.of(judge.detect(Request.of(probe.text()), reply.response()))
                : Found.FAILED;
    }
}
