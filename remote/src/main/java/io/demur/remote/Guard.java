package io.demur.remote;

import io.demur.core.Message;
import io.demur.core.harm.Hazard;
import io.demur.wire.Completion;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one family of guard models is asked, and how its answers are read. Without state. */
interface Guard {

    /**
     * What to ask about the last turn of a conversation. All of it must be answered.
     *
     * @param protocol what the server speaks: the two hand texts to a model's template differently
     */
    List<Check> checks(Dialogue dialogue, Protocol protocol);

    /**
     * Reads one answer.
     *
     * @throws Unreadable where it is anything but an answer in the form that the model's makers
     *     document
     */
    Ruling read(Completion completion, Check check) throws Unreadable;

    /** Whether its rulings on responses say if they refuse. */
    boolean seesRefusals();

    /** How many tokens an answer may have. */
    int tokensMax();

    /** What of the prompt is ours, for the judge's digest; empty where the server writes it all. */
    String instructions();

    /**
     * One call of a guard.
     *
     * @param messages oldest first
     * @param template values for the server's chat template
     * @param schema a JSON Schema of the answer
     * @param ofResponse whether it is about a response
     * @param hazard what a yes means, where the call is about one policy
     */
    record Check(
            List<Message> messages,
            Map<String, String> template,
            Optional<String> schema,
            boolean ofResponse,
            Optional<Hazard> hazard) {

        public Check {
            messages = List.copyOf(messages);
            template = Map.copyOf(template);
        }

        /** A call in which the server's template does the rest. */
        static Check plain(List<Message> messages, boolean ofResponse) {
            return new Check(messages, Map.of(), Optional.empty(), ofResponse, Optional.empty());
        }
    }
}
