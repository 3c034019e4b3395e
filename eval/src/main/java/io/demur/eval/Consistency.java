package io.demur.eval;

import io.demur.core.Degree;
import io.demur.core.Labels;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Transcript;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers which degree a model's first answer to a request had. Requests are equal where their
 * conversations are {@linkplain SamePrompt alike}, or where their records share a value of one of
 * the fields in {@link #FIELDS}. Records whose requests are labelled differently are never equal.
 *
 * <p>Keeps the last {@value #REMEMBERED} requests and so many groups, so memory is bounded. Used by
 * one thread, with the turns of a transcript one after another.
 */
final class Consistency {

    static final int REMEMBERED = 100_000;

    /** Fields of a record that say to which group of equivalent requests it belongs. */
    static final List<String> FIELDS = List.of("prompt_group", "group", "pair");

    private final Map<Long, Degree> byText = new Remembered();
    private final Map<Long, Degree> byGroup = new Remembered();

    private @Nullable Transcript reading;
    private int read;
    private long hash;

    /** Whether an earlier answer to the same request had another degree. */
    boolean broken(Transcript transcript, int turn, Degree degree) {
        Request request = transcript.turns().get(turn).request();
        if (request.messages().isEmpty()) {
            return false;
        }
        long who = Hashes.of(transcript.model().orElse("") + label(transcript.labels()));
        boolean broken = differs(byText, 31L * conversation(transcript, request) + who, degree);
        for (String field : FIELDS) {
            String group = transcript.fields().getOrDefault(field, "");
            if (!group.isBlank()) {
                String name = field + '\n' + group + '\n' + transcript.source() + '\n' + turn;
                broken |= differs(byGroup, 31L * Hashes.of(name) + who, degree);
            }
        }
        return broken;
    }

    private static boolean differs(Map<Long, Degree> seen, long key, Degree degree) {
        Degree before = seen.putIfAbsent(key, degree);
        return before != null && before != degree;
    }

    private static String label(Labels labels) {
        return labels.prompt().map(Enum::name).orElse("");
    }

    /** Each message is read once, however many turns a dialogue has. */
    @SuppressWarnings("ReferenceEquality") // the very same, not an equal one: comparing costs more
    private long conversation(Transcript transcript, Request request) {
        if (reading != transcript || read > request.messages().size()) {
            reading = transcript;
            read = 0;
            hash = 0;
        }
        for (; read < request.messages().size(); read++) {
            Message message = request.messages().get(read);
            String said = message.role().name() + '\n' + SamePrompt.of(message.text());
            hash = 31L * hash + Hashes.of(said);
        }
        return hash;
    }

    private static final class Remembered extends LinkedHashMap<Long, Degree> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Degree> eldest) {
            return size() > REMEMBERED;
        }
    }
}
