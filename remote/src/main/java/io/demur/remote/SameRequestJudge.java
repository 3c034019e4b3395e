package io.demur.remote;

import io.demur.core.JudgeId;
import io.demur.core.harm.Assessment.Unjudged;
import io.demur.core.incident.SameRequest;
import io.demur.remote.Questioner.Data;
import io.demur.remote.Questioner.NoAnswer;
import io.demur.wire.ClosedObject;
import io.demur.wire.MalformedBody;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A general language model as a judge of whether a later request asks for what was refused before.
 * Both texts are data between marks that they cannot hold; its answer is taken word for word or not
 * at all. Safe for use by several threads; nothing throws.
 */
public final class SameRequestJudge implements SameRequest {

    private static final List<String> SAME = List.of("yes", "no", "cannot_say");

    private final Questioner questioner;
    private final JudgeId id;

    /**
     * A judge that speaks through an endpoint.
     *
     * @param random where the numbers of its marks are drawn from; outside of tests a {@link
     *     java.security.SecureRandom}
     */
    public SameRequestJudge(JudgeEndpoint endpoint, RandomGenerator random) {
        id = Digest.of("same-request", endpoint, JudgePrompt.digested(JudgePrompt.SAME));
        questioner = new Questioner(endpoint, random, id);
    }

    @Override
    public JudgeId id() {
        return id;
    }

    @Override
    public Opinion compare(String refused, String later) {
        try {
            ClosedObject said =
                    questioner.ask(
                            JudgePrompt.SAME,
                            List.of(new Data("REFUSED", refused), new Data("LATER", later)),
                            unused -> {});
            String same = said.word("same", SAME);
            return same.equals("cannot_say")
                    ? unsaid(questioner.invalid("the judge says that it cannot say"))
                    : new Opinion.Said(same.equals("yes"));
        } catch (MalformedBody e) {
            return unsaid(questioner.invalid(e.getMessage()));
        } catch (NoAnswer e) {
            return unsaid(e.why());
        }
    }

    private static Opinion unsaid(Unjudged why) {
        return new Opinion.Unsaid(why.reason(), why.detail());
    }
}
