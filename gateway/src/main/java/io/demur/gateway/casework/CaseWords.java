package io.demur.gateway.casework;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.desk.Seeded;
import io.demur.gateway.practice.KeptWords;
import io.demur.record.json.Json;
import io.demur.store.Bodies;
import io.demur.store.EntryWriter;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewHistory;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The words of the exchange that a case is about. Each body that is read is an entry in the log
 * first; of what is not kept, or erased, there are none. Safe for use by several threads.
 */
public final class CaseWords {

    /** Longer ones are cut: nobody reads them to the end. */
    static final int CHARS_MAX = 64 << 10;

    private static final String REASON = "review";

    private final Bodies bodies;
    private final ReviewHistory history;
    private final EntryWriter log;

    /**
     * Those of a store.
     *
     * @param history knows in which protocol something was asked
     * @param log takes the entries about what is read
     */
    public CaseWords(Bodies bodies, ReviewHistory history, EntryWriter log) {
        this.bodies = bodies;
        this.history = history;
        this.log = log;
    }

    /**
     * What there is to read.
     *
     * @param said what whoever appeals or reports says
     */
    public record Words(Optional<Text> asked, Optional<Text> answered, Optional<String> said) {
        public Words {
            Objects.requireNonNull(asked);
            Objects.requireNonNull(answered);
            Objects.requireNonNull(said);
        }
    }

    /**
     * One side of an exchange.
     *
     * @param shown to who reviews it; the body as it came where nothing better can be made of it
     * @param alone the words of the one message that it is; nothing where it is of several, or
     *     cannot be read
     */
    public record Text(String shown, Optional<String> alone) {
        public Text {
            Objects.requireNonNull(shown);
            Objects.requireNonNull(alone);
        }
    }

    /** Reads them. */
    public Words read(ReviewCase it, String reader) throws StoreFailed, IOException {
        if (it.kind() == Kind.SEEDED) {
            return new Words(
                    Seeded.asked(it).map(text -> new Text(text, Optional.of(text))),
                    Seeded.answered(it).map(text -> new Text(text, Optional.of(text))),
                    Optional.empty());
        }
        Optional<String> said =
                switch (it.kind()) {
                    case APPEAL ->
                            body(it.attempt().orElse(place(it)), "appeal", reader)
                                    .map(body -> cut(plain(body)));
                    // of whatever it is, its words are its own
                    case REPORT -> body(place(it), "report", reader).map(body -> cut(plain(body)));
                    case HOLD, SAMPLE, SEEDED, INCIDENT -> Optional.empty();
                };
        if (it.attempt().isEmpty()) {
            return new Words(Optional.empty(), Optional.empty(), said);
        }
        String attempt = it.attempt().get();
        String protocol = protocol(it, attempt);
        return new Words(
                body(attempt, "request", reader).map(body -> asked(protocol, body)),
                body(attempt, "reply", reader).map(body -> answered(protocol, body)),
                said);
    }

    private String protocol(ReviewCase it, String attempt) throws StoreFailed {
        return it.about().fields().get("protocol") instanceof Json.Str(String name)
                ? name
                : history.asked(attempt).map(ReviewHistory.Asked::protocol).orElse("");
    }

    /** The last message of the user first: what comes before may be very long. */
    private static Text asked(String protocol, byte[] body) {
        Optional<Request> request = KeptWords.request(protocol, body);
        if (request.isEmpty()) {
            return new Text(cut(plain(body)), Optional.empty());
        }
        List<Message> all = request.get().messages();
        String last = request.get().prompt();
        StringBuilder shown = new StringBuilder(last);
        if (all.size() > 1) {
            shown.append("\n\nthe whole:");
            for (Message each : all) {
                String who = each.role().name().toLowerCase(Locale.ROOT);
                shown.append('\n').append(who).append(": ").append(each.text());
            }
        }
        boolean alone = all.stream().filter(each -> each.role() != Role.SYSTEM).count() == 1;
        return new Text(cut(shown.toString()), alone ? Optional.of(cut(last)) : Optional.empty());
    }

    private static Text answered(String protocol, byte[] body) {
        Optional<String> words = KeptWords.answer(protocol, body).map(CaseWords::cut);
        return new Text(words.orElseGet(() -> cut(plain(body))), words);
    }

    /** Where words lie that belong to a case and to no exchange. */
    private static String place(ReviewCase it) {
        return "att_" + it.id().substring(it.id().indexOf('_') + 1);
    }

    private Optional<byte[]> body(String key, String part, String reader)
            throws StoreFailed, IOException {
        try {
            return bodies.read(key, part, reader, REASON, log).filter(body -> body.length > 0);
        } catch (StoreRefused erased) {
            return Optional.empty();
        }
    }

    private static String plain(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String cut(String text) {
        if (text.length() <= CHARS_MAX) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(CHARS_MAX - 1)) ? CHARS_MAX - 1 : CHARS_MAX;
        return text.substring(0, end) + " …";
    }
}
