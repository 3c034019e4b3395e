package io.demur.core;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One conversation as a file records it, with every answer in it.
 *
 * @param id the file's own id, or one made of the file's name and the line
 * @param source the data set or run it comes from; the file's name where the file does not say
 * @param where the file and line it was read from
 * @param model who answered, where known
 * @param request what was asked last, with all that stood before it: the conversation up to the
 *     answer at its end or, where it ends otherwise, as a whole
 * @param turns the answers, oldest first; empty for a request that has none
 * @param labels what people said about the request and about the last answer
 * @param fields further scalar fields of the record, by name, to group by
 */
public record Transcript(
        String id,
        String source,
        Where where,
        Optional<String> model,
        Request request,
        List<Turn> turns,
        Labels labels,
        Map<String, String> fields) {
    public Transcript {
        Objects.requireNonNull(id);
        Objects.requireNonNull(source);
        Objects.requireNonNull(where);
        Objects.requireNonNull(model);
        Objects.requireNonNull(request);
        Objects.requireNonNull(labels);
        turns = List.copyOf(turns);
        fields = Map.copyOf(fields);
    }
}
