package io.demur.eval.teach;

import io.demur.core.Request;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one exchange is to teach.
 *
 * @param reason what went wrong
 * @param why the same for this exchange, with the figures that it stands on
 * @param request the conversation up to the answer
 * @param chosen what would have been right; nothing where no such answer is there
 * @param rejected what was wrong
 * @param judges who said so
 */
public record Lesson(
        Reason reason,
        String why,
        Request request,
        Optional<Said> chosen,
        Said rejected,
        List<String> judges) {
    public Lesson {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(why);
        Objects.requireNonNull(chosen);
        Objects.requireNonNull(rejected);
        judges = List.copyOf(judges);
        if (request.messages().isEmpty()) {
            throw new IllegalArgumentException("a lesson is about a request");
        }
    }
}
