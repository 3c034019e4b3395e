package io.demur.gateway.judge;

import io.demur.core.Band;
import io.demur.core.charter.Scope;
import io.demur.core.harm.linear.Gist;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.scope.Belonging;

import java.util.Optional;

/**
 * What was found of a conversation up to some message, and all that is needed to go on from there:
 * a few kilobytes, however long the conversation is. Never modified: the conversation is copied
 * before anything is added.
 *
 * @param band within which the second judge was asked; under another one all of it is unknown
 * @param gist places of the user messages of the topic that judges are shown
 * @param meant the last user message with its disguise undone, where it has one, by the quick judge
 * @param settled what all judges said of what was asked last; nothing where one of them could not
 *     be asked, so that it is asked again
 * @param orders what system prompts order
 * @param aside what stood beside it so far
 * @param placed whether what was asked last belongs to a scope, where that was judged
 */
record Known(
        Band band,
        LinearHarm.Conversation conversation,
        Gist gist,
        Optional<Heard> meant,
        Optional<Settled> settled,
        Sifted orders,
        Sifted aside,
        Optional<Placed> placed) {

    /**
     * What was said of the last thing asked.
     *
     * @param asked as it stands
     * @param meant with its disguise undone, where it has one
     */
    record Settled(Heard asked, Optional<Heard> meant) {}

    /** What the judge of a scope said. */
    record Placed(Scope scope, Belonging belonging) {}

    /** Nothing was said yet. */
    static Known nothing(LinearHarm judge, Band band) {
        return new Known(
                band,
                judge.conversation(),
                Gist.NOTHING,
                Optional.empty(),
                Optional.empty(),
                Sifted.NOTHING,
                Sifted.NOTHING,
                Optional.empty());
    }
}
