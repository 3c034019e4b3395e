package io.demur.gateway.judge;

import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.core.memory.Turn;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Operation;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a call is to be judged.
 *
 * @param call whose messages these are; nothing where it is none
 * @param turns the messages, for the memory of conversations
 * @param texts to be judged each by itself, as in a call for embeddings
 * @param own every string that belongs to no message
 */
record Matter(Optional<Call> call, List<Turn> turns, List<String> texts, List<String> own) {

    static Matter of(Call call) {
        return new Matter(
                Optional.of(call),
                call.speeches().stream().map(Matter::turn).toList(),
                List.of(),
                call.ownStrings());
    }

    static Matter of(Embed embed) {
        return new Matter(Optional.empty(), List.of(), embed.inputs(), embed.strings());
    }

    static Matter of(Operation operation) {
        return new Matter(Optional.empty(), List.of(), List.of(), operation.strings());
    }

    /** The message at a place. */
    Message message(int at) {
        Turn turn = turns.get(at);
        return new Message(turn.role(), turn.text());
    }

    /** The system prompts among the messages from one on. */
    List<String> prompts(int from) {
        return turns.subList(from, turns.size()).stream()
                .filter(turn -> turn.role() == Role.SYSTEM && !turn.text().isBlank())
                .map(Turn::text)
                .toList();
    }

    /**
     * All that stands beside what is asked or ordered in the messages from one on: every string
     * that is no text, and the texts of models and tools, which ask for nothing.
     */
    List<String> beside(int from) {
        if (call.isEmpty() || from >= turns.size()) {
            return List.of();
        }
        List<Speech> speeches = call.get().speeches().subList(from, turns.size());
        List<String> strings = new ArrayList<>();
        for (Turn turn : turns.subList(from, turns.size())) {
            if (turn.role() == Role.ASSISTANT || turn.role() == Role.TOOL) {
                strings.add(turn.text());
            }
        }
        // with their escapes undone, as the call gives them: first those of the messages
        List<String> all = call.get().withSpeeches(speeches).strings();
        strings.addAll(all.subList(0, all.size() - own.size()));
        return strings;
    }

    /** The answer as clients send it back: with what was thought before it, and without. */
    static List<Turn> answers(Reply reply) {
        List<Turn> turns = new ArrayList<>();
        turns.add(turn(new Speech(Role.ASSISTANT, "assistant", reply.parts(), Fields.NONE)));
        List<Part> said =
                reply.parts().stream()
                        .filter(
                                part ->
                                        !(part instanceof Part.Reasoning)
                                                && !(part instanceof Part.Redacted))
                        .toList();
        if (said.size() < reply.parts().size()) {
            turns.add(turn(new Speech(Role.ASSISTANT, "assistant", said, Fields.NONE)));
        }
        return turns;
    }

    private static Turn turn(Speech speech) {
        List<String> rest = new ArrayList<>();
        speech.strings(rest::add);
        return new Turn(speech.role(), speech.message().text(), rest);
    }
}
