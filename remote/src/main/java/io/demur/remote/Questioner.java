package io.demur.remote;

import io.demur.core.JudgeId;
import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.core.harm.Assessment.Unjudged;
import io.demur.wire.ClosedObject;
import io.demur.wire.Completion.Used;
import io.demur.wire.MalformedBody;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Puts what is to be judged to a general model, once, and takes closed answers alone: one JSON
 * object with the fields of the prompt, which repeats the number that was drawn for this question.
 * Safe for use by several threads.
 */
final class Questioner {

    private static final int TOKENS_MAX = 512;

    private final ChatClient client;
    private final RandomGenerator random;
    private final JudgeId id;

    /**
     * For one judge.
     *
     * @param random where the numbers are drawn from; nobody who writes what is judged may foresee
     *     them
     * @param id by which it is named where there is no answer
     */
    Questioner(JudgeEndpoint endpoint, RandomGenerator random, JudgeId id) {
        this.client = new ChatClient(endpoint);
        this.random = Objects.requireNonNull(random);
        this.id = id;
    }

    /** A text that is judged, and what it is called. */
    record Data(String name, String text) {}

    /** There is no answer to read. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Unjudged why;

        NoAnswer(Unjudged why) {
            super(why.detail());
            this.why = why;
        }

        Unjudged why() {
            return why;
        }
    }

    /**
     * Asks.
     *
     * @param used gets what the server counted, where it did
     * @throws NoAnswer where none came, or none that is whole
     * @throws MalformedBody where it is another object than the prompt asks for
     */
    ClosedObject ask(JudgePrompt prompt, List<Data> data, Consumer<Used> used)
            throws NoAnswer, MalformedBody {
        String nonce = nonce();
        StringBuilder asked = new StringBuilder();
        for (Data each : data) {
            asked.append(JudgePrompt.data(each.name(), each.text(), nonce));
        }
        List<Message> messages =
                List.of(
                        new Message(Role.SYSTEM, prompt.instructions(nonce)),
                        new Message(Role.USER, asked + prompt.reminder(nonce)));
        return switch (client.ask(messages, TOKENS_MAX, Optional.of(prompt.schema(nonce)))) {
            case Heard.Nothing(Unjudged.Reason reason, String detail) ->
                    throw new NoAnswer(new Unjudged(reason, id.name() + ": " + detail));
            case Heard.Said said -> {
                said.completion().used().ifPresent(used);
                try {
                    String text = Answer.whole(said.completion()).json();
                    ClosedObject object = ClosedObject.read(text, prompt.fields());
                    object.word("id", List.of(nonce));
                    yield object;
                } catch (Unreadable e) {
                    throw new NoAnswer(invalid(e.getMessage()));
                }
            }
        };
    }

    /** There is an answer, and it is none. */
    Unjudged invalid(String detail) {
        return new Unjudged(Unjudged.Reason.INVALID, id.name() + ": " + detail);
    }

    /** 128 bits that nobody could have written down before. */
    private String nonce() {
        byte[] bytes = new byte[16];
        synchronized (random) {
            random.nextBytes(bytes);
        }
        return HexFormat.of().formatHex(bytes);
    }
}
