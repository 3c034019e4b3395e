package io.demur.files.corpus;

import io.demur.core.Degree;
import io.demur.core.Message;
import io.demur.core.Request;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One labelled row of a corpus.
 *
 * @param id unique within its source
 * @param source the data set
 * @param split the source's own division
 * @param request the conversation before the response
 * @param response what was answered, where the row has an answer
 * @param turns the whole dialogue, where it is one
 * @param harmfulPrompt whether the request is harmful, where labelled
 * @param category the source's own
 * @param degree the response's label, where it has one
 * @param harmfulResponse whether the response is harmful, where labelled
 * @param annotator who labelled it
 * @param model who answered, or the empty string
 * @param label the source's own label where it is a plain string, or the empty string
 * @param details the source's own label where it is structured, by name; lists joined by spaces
 * @param lang language tag
 */
public record CorpusRow(
        String id,
        String source,
        String split,
        Request request,
        Optional<String> response,
        List<Message> turns,
        Optional<Boolean> harmfulPrompt,
        String category,
        Optional<Degree> degree,
        Optional<Boolean> harmfulResponse,
        String annotator,
        String model,
        String label,
        Map<String, String> details,
        String lang) {
    public CorpusRow {
        Objects.requireNonNull(id);
        Objects.requireNonNull(source);
        Objects.requireNonNull(request);
        Objects.requireNonNull(response);
        Objects.requireNonNull(degree);
        turns = List.copyOf(turns);
        details = Map.copyOf(details);
    }

    /** One field of the structured label, or the empty string. */
    public String detail(String name) {
        return details.getOrDefault(name, "");
    }
}
