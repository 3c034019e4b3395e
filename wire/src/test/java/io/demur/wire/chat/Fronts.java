package io.demur.wire.chat;

import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.CompletionsFront;
import io.demur.wire.openai.OpenAiDialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All protocols, by name, and how tests put things into them and out again. */
final class Fronts {

    static final Stamp STAMP =
            new Stamp("id-1", "alias", Instant.parse("2026-11-21T12:00:00Z"), true);

    /** A protocol that both callers and servers speak. */
    enum Pair {
        OPENAI(new ChatFront(), new OpenAiDialect()),
        ANTHROPIC(new MessagesFront(), new AnthropicDialect()),
        OLLAMA(new OllamaFront(OllamaFront.Kind.CHAT), new OllamaDialect());

        @SuppressWarnings("ImmutableEnumChecker") // they have no state
        final Front front;

        @SuppressWarnings("ImmutableEnumChecker") // they have no state
        final Dialect dialect;

        Pair(Front front, Dialect dialect) {
            this.front = front;
            this.dialect = dialect;
        }
    }

    static final List<Front> ALL =
            List.of(
                    new ChatFront(),
                    new CompletionsFront(),
                    new MessagesFront(),
                    new OllamaFront(OllamaFront.Kind.CHAT),
                    new OllamaFront(OllamaFront.Kind.GENERATE));

    private Fronts() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** JSON as tests write it, with single quotes. */
    static byte[] json(String text) {
        return bytes(text.replace('\'', '"'));
    }

    static Call call(Front front, String json) throws BadCall {
        return (Call) front.read(json(json));
    }

    /** The same call as a server gets it, read again. */
    static Call again(Front front, Dialect dialect, Call call) throws BadCall {
        return (Call) front.read(dialect.render(call).body());
    }

    static Result result(Dialect dialect, String json) {
        return dialect.result(200, json(json));
    }

    static Reply reply(Dialect dialect, String json) {
        return (Reply) result(dialect, json);
    }

    /** A stream of chunks or events with these bodies. */
    static String sse(String... data) {
        StringBuilder out = new StringBuilder();
        for (String one : data) {
            out.append("data: ").append(one.replace('\'', '"').replace("\n", "")).append("\n\n");
        }
        return out.toString();
    }

    /** All events of a stream that comes at once. */
    static List<Event> events(Dialect dialect, String stream) {
        return events(dialect, bytes(stream), List.of());
    }

    /** All events of a stream that comes in pieces, cut behind these bytes. */
    static List<Event> events(Dialect dialect, byte[] stream, List<Integer> cuts) {
        EventReader reader = dialect.stream();
        List<Event> events = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            events.addAll(reader.read(stream, from, cut));
            from = cut;
        }
        events.addAll(reader.read(stream, from, stream.length));
        events.addAll(reader.end());
        return events;
    }

    /** What a stream comes to. */
    static Result gathered(List<Event> events) {
        Gathering gathering = new Gathering();
        events.forEach(gathering::add);
        return gathering.result().orElseThrow();
    }

    /** All that is written of an answer in pieces. */
    static byte[] written(Front front, List<Event> events) {
        EventWriter writer = front.stream(STAMP);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        events.forEach(event -> out.writeBytes(writer.write(event)));
        return out.toByteArray();
    }
}
