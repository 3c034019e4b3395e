package io.demur.gateway.practice;

import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Dialect;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.Reply;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.CompletionsFront;
import io.demur.wire.openai.OpenAiDialect;

import java.util.Map;
import java.util.Optional;

/** The words of an exchange in the bodies that the record keeps of it. */
public final class KeptWords {

    private static final int OK = 200;

    private static final Map<String, Front> FRONTS =
            Map.of(
                    "openai.chat",
                    new ChatFront(),
                    "openai.completions",
                    new CompletionsFront(),
                    "anthropic.messages",
                    new MessagesFront(),
                    "ollama.chat",
                    new OllamaFront(OllamaFront.Kind.CHAT),
                    "ollama.generate",
                    new OllamaFront(OllamaFront.Kind.GENERATE));

    private static final Map<String, Dialect> DIALECTS =
            Map.of(
                    "openai.chat",
                    new OpenAiDialect(),
                    "anthropic.messages",
                    new AnthropicDialect(),
                    "ollama.chat",
                    new OllamaDialect());

    private KeptWords() {}

    /**
     * What was asked, where it can be asked again by itself: one message of a user, in words alone,
     * and nothing else.
     */
    public static Optional<String> prompt(String protocol, byte[] body) {
        Front front = FRONTS.get(protocol);
        try {
            return front != null
                            && front.read(body) instanceof Call call
                            && call.request().messages().size() == 1
                            && call.request().messages().getFirst().role() == Role.USER
                            && call.speeches().getFirst().parts().stream()
                                    .allMatch(Part.Text.class::isInstance)
                            && call.tools().isEmpty()
                            && call.hosted().isEmpty()
                    ? Optional.of(call.request().prompt()).filter(it -> !it.isBlank())
                    : Optional.empty();
        } catch (BadCall e) {
            return Optional.empty();
        }
    }

    /** What was asked, in the words of each message, where it is of a protocol that can be read. */
    public static Optional<Request> request(String protocol, byte[] body) {
        Front front = FRONTS.get(protocol);
        try {
            return front != null && front.read(body) instanceof Call call
                    ? Optional.of(call.request()).filter(it -> !it.prompt().isBlank())
                    : Optional.empty();
        } catch (BadCall e) {
            return Optional.empty();
        }
    }

    /** What a drill was answered: drills speak one protocol. */
    public static Optional<String> answer(byte[] body) {
        return answer("openai.chat", body);
    }

    /** What was answered in some protocol, where that is one whose replies can be read. */
    public static Optional<String> answer(String protocol, byte[] body) {
        Dialect dialect = DIALECTS.get(protocol);
        return dialect != null && dialect.result(OK, body) instanceof Reply reply
                ? Optional.of(reply.response().text()).filter(it -> !it.isBlank())
                : Optional.empty();
    }
}
