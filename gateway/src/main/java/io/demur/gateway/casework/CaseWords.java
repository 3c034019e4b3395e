package io.demur.gateway.casework;

import io.demur.desk.Seeded;
import io.demur.gateway.practice.KeptWords;
import io.demur.record.json.Json;
import io.demur.store.Bodies;
import io.demur.store.EntryWriter;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private final EntryWriter log;

    /**
     * Those of a store.
     *
     * @param log takes the entries about what is read
     */
    public CaseWords(Bodies bodies, EntryWriter log) {
        this.bodies = bodies;
        this.log = log;
    }

    /**
     * What there is to read.
     *
     * @param said what whoever appeals or reports says
     */
    public record Words(Optional<String> asked, Optional<String> answered, Optional<String> said) {
        public Words {
            Objects.requireNonNull(asked);
            Objects.requireNonNull(answered);
            Objects.requireNonNull(said);
        }
    }

    /** Reads them. */
    public Words read(ReviewCase it, String reader) throws StoreFailed, IOException {
        if (it.kind() == Kind.SEEDED) {
            return new Words(Seeded.asked(it), Seeded.answered(it), Optional.empty());
        }
        String protocol =
                it.about().fields().get("protocol") instanceof Json.Str(String name) ? name : "";
        Optional<String> said =
                switch (it.kind()) {
                    case APPEAL -> text(it, "appeal", reader);
                    case REPORT -> text(it, "report", reader);
                    case HOLD, SAMPLE, SEEDED, INCIDENT -> Optional.empty();
                };
        if (it.attempt().isEmpty()) {
            return new Words(Optional.empty(), Optional.empty(), said);
        }
        return new Words(
                body(it, "request", reader)
                        .map(body -> KeptWords.prompt(protocol, body).orElse(plain(body)))
                        .map(CaseWords::cut),
                body(it, "reply", reader)
                        .map(body -> KeptWords.answer(protocol, body).orElse(plain(body)))
                        .map(CaseWords::cut),
                said);
    }

    private Optional<String> text(ReviewCase it, String part, String reader)
            throws StoreFailed, IOException {
        return body(it, part, reader).map(CaseWords::plain).map(CaseWords::cut);
    }

    private Optional<byte[]> body(ReviewCase it, String part, String reader)
            throws StoreFailed, IOException {
        String id = it.id();
        String key = it.attempt().orElse("att_" + id.substring(id.indexOf('_') + 1));
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
