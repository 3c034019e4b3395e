package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.wire.Conversation;
import io.demur.wire.ErrorBody;
import io.demur.wire.MalformedBody;
import io.demur.wire.StopWords;
import io.demur.wire.openai.ChatCompletions;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Demur's own shape: a prompt and a response, or the turns of a conversation, with labels and what
 * else there is beside them. CSV rows are read as this, and so is any record whose fields the user
 * has mapped.
 */
final class RowShape implements JsonShape {

    /** Names under which data sets have the prompt; the first that is there counts. */
    static final List<String> PROMPTS =
            List.of("prompt", "question", "instruction", "query", "input", "request");

    /** The same for the response. */
    static final List<String> RESPONSES =
            List.of("response", "completion", "answer", "output", "generation", "reply");

    private static final Set<String> NOTHING =
            Set.of("", "none", "null", "nan", "n/a", "no", "false", "0");

    private static final List<String> STOPS =
            List.of("stop", "finish_reason", "stop_reason", "finishReason", "done_reason");

    /** Writing that puts no spaces between words. */
    private static final Set<UnicodeScript> UNSPACED =
            EnumSet.of(
                    UnicodeScript.HAN,
                    UnicodeScript.HIRAGANA,
                    UnicodeScript.KATAKANA,
                    UnicodeScript.THAI,
                    UnicodeScript.LAO,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR,
                    UnicodeScript.TIBETAN);

    private static final int UNSPACED_LETTERS_MIN = 4;

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public boolean fits(JsonNode record) {
        if (ChatCompletions.isOfResponses(record)) {
            return false;
        }
        return record.path("turns").isArray()
                || PROMPTS.stream().anyMatch(name -> holdsText(record.path(name)))
                || RESPONSES.stream().anyMatch(name -> holdsText(record.path(name)));
    }

    @Override
    public void read(JsonNode record, Draft draft) throws MalformedBody {
        draft.consumed("turns");
        if (record.path("turns").isArray() && !record.path("turns").isEmpty()) {
            draft.say(Conversation.read(record.path("turns"), "turns"));
        } else {
            prompt(record, draft);
        }
        String system = draft.mapped(Mapping.Name.SYSTEM).orElse("system");
        draft.consumed(system);
        draft.system(Conversation.text(Fields.at(record, system), system));
        answer(record, draft);
    }

    /** Whether the record says something that can be read as a row, under the names mapped. */
    static boolean isThere(JsonNode record, Draft draft) {
        return Stream.of(
                        find(record, draft.mapped(Mapping.Name.PROMPT), PROMPTS),
                        find(record, draft.mapped(Mapping.Name.RESPONSE), RESPONSES))
                .flatMap(Optional::stream)
                .anyMatch(name -> holdsText(Fields.at(record, name)));
    }

    /**
     * Adds the answer that stands beside a conversation, unless that has its own at the end, and
     * says why it ended. Where the two differ, the end of the conversation was put into the model's
     * mouth, and the answer is what stands beside.
     */
    static void answer(JsonNode record, Draft draft) throws MalformedBody {
        if (draft.answered()) {
            if (!isPrefilled(record, draft)) {
                draft.stopLast(stop(record, draft, refusal(record, draft, draft.lastText())));
                return;
            }
            draft.prefilled();
        }
        Optional<String> name = find(record, draft.mapped(Mapping.Name.RESPONSE), RESPONSES);
        name.ifPresent(draft::consumed);
        JsonNode response = name.map(n -> Fields.at(record, n)).orElse(record.path(""));
        String shown = response.isEmpty() ? response.asText("") : response.toString();
        String words = refusal(record, draft, shown);
        StopReason stop = stop(record, draft, words);
        if (response.isArray() && !response.isEmpty()) {
            draft.say(Conversation.read(response, name.orElse("response")));
            if (draft.answered()) {
                draft.stopLast(stop);
            }
        } else if (isText(response)) {
            String text = response.asText();
            draft.answer(new Response(text.isBlank() && !words.isEmpty() ? words : text, stop));
        } else if (response.isObject()) {
            throw new MalformedBody(
                    "`%s` is an object where text is needed".formatted(name.orElse("response")));
        } else if (!(stop instanceof StopReason.Unstated)) {
            draft.answer(new Response(words, stop));
        }
    }

    /**
     * Whether the last message only begins the answer, for the model to go on from, and what it
     * wrote stands beside. Of the names of a response only its own counts here: beside a whole
     * conversation, {@code answer} and {@code output} often hold what would have been right.
     */
    private static boolean isPrefilled(JsonNode record, Draft draft) {
        String name = draft.mapped(Mapping.Name.RESPONSE).orElse("response");
        JsonNode response = Fields.at(record, name);
        String text = response.isTextual() ? response.asText().strip() : "";
        return !text.isEmpty() && !text.equals(draft.lastText().strip());
    }

    private static void prompt(JsonNode record, Draft draft) throws MalformedBody {
        Optional<String> name = find(record, draft.mapped(Mapping.Name.PROMPT), PROMPTS);
        if (name.isEmpty()) {
            return;
        }
        draft.consumed(name.get());
        JsonNode prompt = Fields.at(record, name.get());
        if (prompt.isArray() && !prompt.isEmpty()) {
            draft.ask(Conversation.read(prompt, name.get()).request());
        } else if (prompt.isObject()) {
            throw new MalformedBody("`%s` is an object where text is needed".formatted(name.get()));
        } else if (isText(prompt)) {
            String text = prompt.asText();
            // An instruction and the text that it is about are two fields in many data sets.
            if (name.get().equals("instruction") && !record.path("input").asText("").isBlank()) {
                draft.consumed("input");
                text += "\n\n" + record.path("input").asText();
            }
            draft.ask(Request.of(text));
        }
    }

    /** A refusal's words go before an error, and an error before a word such as {@code stop}. */
    private static StopReason stop(JsonNode record, Draft draft, String refusal) {
        if (!refusal.isEmpty()) {
            draft.consumed("refusal", "stop_category");
            return new StopReason.Refusal("refusal", category(record));
        }
        JsonNode error = record.path("error");
        if (ErrorBody.in(record) && !(error.isTextual() && isNothing(error.asText()))) {
            draft.consumed("error");
            return ErrorBody.read(record);
        }
        for (String field : STOPS) {
            if (record.path(field).isTextual() && !record.path(field).asText().isBlank()) {
                draft.consumed(field, "stop_category");
                return StopWords.read(field, record.path(field).asText(), category(record));
            }
        }
        return StopReason.UNSTATED;
    }

    /**
     * The words of a refusal that a provider marked as one, or nothing. Many data sets have a label
     * in a field of the same name, so it counts only where no answer was shown and it is a text.
     */
    private static String refusal(JsonNode record, Draft draft, String shown) {
        JsonNode refusal = record.path("refusal");
        boolean marked =
                shown.isBlank()
                        && refusal.isTextual()
                        && isWords(refusal.asText())
                        && !draft.isNamed("refusal");
        return marked ? refusal.asText() : "";
    }

    private static boolean isWords(String refusal) {
        if (isNothing(refusal) || LabelValues.answer(refusal).isPresent()) {
            return false;
        }
        long unspaced =
                refusal.codePoints()
                        .filter(Character::isLetter)
                        .filter(c -> UNSPACED.contains(UnicodeScript.of(c)))
                        .count();
        long words =
                Stream.of(refusal.split("\\s+"))
                        .filter(word -> word.codePoints().anyMatch(Character::isLetter))
                        .count();
        return words > 1 || unspaced >= UNSPACED_LETTERS_MIN;
    }

    /** What tables have in a cell where nothing is. */
    private static boolean isNothing(String text) {
        return NOTHING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    private static Optional<String> category(JsonNode record) {
        JsonNode category = record.path("stop_category");
        return category.isTextual() ? Optional.of(category.asText()) : Optional.empty();
    }

    /** The field mapped; or the first of the names that holds something, or else that is there. */
    private static Optional<String> find(
            JsonNode record, Optional<String> mapped, List<String> names) {
        return mapped.or(
                        () ->
                                names.stream()
                                        .filter(name -> holdsText(record.path(name)))
                                        .findFirst())
                .or(() -> names.stream().filter(record::has).findFirst());
    }

    private static boolean isText(JsonNode node) {
        return node.isValueNode() && !node.isNull();
    }

    private static boolean holdsText(JsonNode node) {
        return isText(node) || node.isArray();
    }
}
