package io.demur.wire;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Request;
import io.demur.core.Response;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One call as a provider's batch file records it.
 *
 * @param id the caller's own id of the request
 * @param model who was asked or answered, where the file says so
 * @param request what was asked; {@link Request#UNKNOWN} in files of results
 * @param responses the alternatives that came back; empty in files of requests
 */
public record Logged(
        Optional<String> id, Optional<String> model, Request request, List<Response> responses) {

    public Logged {
        Objects.requireNonNull(id);
        Objects.requireNonNull(model);
        Objects.requireNonNull(request);
        responses = List.copyOf(responses);
    }

    /** The text of a field, where it is text that says something. */
    public static Optional<String> text(JsonNode field) {
        return field.isTextual() && !field.asText().isEmpty()
                ? Optional.of(field.asText())
                : Optional.empty();
    }
}
