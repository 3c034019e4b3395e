package io.demur.record.entry;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * REPORT: somebody says that an exchange, a model or a use should have been refused, or that is
 * answered. There is no entry that takes it back.
 *
 * @param id {@code case_…}
 * @param state {@code opened}, {@code upheld} or {@code dismissed}
 * @param about {@code exchange}, {@code model} or {@code use}
 * @param attempt the exchange, where it is about one
 * @param model the model, where it is about one
 * @param project in which it was seen, where that is known
 * @param reason a reason code
 * @param words the commitment to what the reporter wrote, where that is kept
 * @param by who has answered it, as a pseudonym; nobody where it is opened
 * @param named whether the reporter's name is kept, sealed; it stands in no entry
 */
public record Report(
        Instant at,
        String id,
        String state,
        String about,
        Optional<String> attempt,
        Optional<String> model,
        Optional<String> project,
        String reason,
        Optional<Commitment> words,
        Optional<String> by,
        boolean named)
        implements Entry {

    private static final List<String> STATES = List.of("opened", "upheld", "dismissed");
    private static final List<String> ABOUT = List.of("exchange", "model", "use");

    public Report {
        at = Words.micros(at);
        Words.id("id", "case", id);
        Words.oneOf("state", state, STATES);
        Words.oneOf("about", about, ABOUT);
        attempt.ifPresent(it -> Words.id("attempt", "att", it));
        model.ifPresent(it -> Words.name("model", it));
        project.ifPresent(it -> Words.name("project", it));
        Words.code("reason", reason);
        Objects.requireNonNull(words);
        by.ifPresent(it -> Words.name("by", it));
        if (about.equals("exchange") && attempt.isEmpty()) {
            throw new IllegalArgumentException("a report about an exchange names its attempt");
        }
        if (about.equals("model") && model.isEmpty()) {
            throw new IllegalArgumentException("a report about a model names it");
        }
        if (by.isPresent() == state.equals("opened")) {
            throw new IllegalArgumentException(
                    "whoever answers a report is named, and nobody else");
        }
    }

    @Override
    public Report at(Instant time) {
        return new Report(
                time, id, state, about, attempt, model, project, reason, words, by, named);
    }
}
