package io.demur.gateway.judge;

import io.demur.core.Band;
import io.demur.core.charter.Scope;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.scope.Belonging;

import java.util.List;
import java.util.Optional;

/**
 * What was found of a conversation up to some message, and all that is needed to go on from there:
 * a few kilobytes, however long the conversation is. Never modified: the conversation is copied
 * before anything is added.
 *
 * @param topic places of the last user messages of the topic, oldest first
 * @param settled what all judges said of what was asked last; nothing where one of them could not
 *     be asked, so that it is asked again
 * @param aside the worst of what stood beside it so far
 * @param placed whether what was asked last belongs to a scope, where that was judged
 */
record Known(
        LinearHarm.Conversation conversation,
        List<Integer> topic,
        Optional<Settled> settled,
        Optional<Heard> aside,
        Optional<Placed> placed) {

    /** Messages of a topic that are looked at together, as the second judge does. */
    static final int TOPIC_MAX = 4;

    /**
     * What was said of the last thing asked.
     *
     * @param band within which the second judge was asked
     * @param asked as it stands
     * @param meant with its disguise undone, where it has one
     */
    record Settled(Band band, Heard asked, Optional<Heard> meant) {}

    /** What the judge of a scope said. */
    record Placed(Scope scope, Belonging belonging) {}

    Known {
        topic = List.copyOf(topic);
    }

    /** Nothing was said yet. */
    static Known nothing(LinearHarm judge) {
        return new Known(
                judge.conversation(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
