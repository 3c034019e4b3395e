package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Labels;
import io.demur.core.Message;
import io.demur.core.Problem;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Role;
import io.demur.core.StopReason;
import io.demur.core.Transcript;
import io.demur.core.Turn;
import io.demur.core.Where;
import io.demur.wire.Conversation;
import io.demur.wire.Conversation.Said;
import io.demur.wire.Logged;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A transcript in the making. Each shape puts in the conversation; what is the same for all (id,
 * source, model, labels, further fields, mapping) is done here.
 */
final class Draft {

    /**
     * What holds for all records of a file.
     *
     * @param source stands in where a record does not say
     * @param model stands in where a record does not say
     */
    record Setting(String file, String source, Optional<String> model, ReadOptions options) {}

    /** Never of interest as fields: read elsewhere, or noise of a protocol. */
    private static final Set<String> KNOWN =
            Set.of("prompt", "response", "turns", "messages", "object", "created", "choices");

    private final Where where;
    private final Setting setting;
    private final JsonNode record;
    private final List<Said> said = new ArrayList<>();
    private final List<Response> answers = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Set<String> consumed = new HashSet<>();
    private int asked;
    private int prefill = -1;
    private Optional<String> ownId = Optional.empty();
    private Optional<String> ownModel = Optional.empty();

    Draft(Where where, Setting setting, JsonNode record) {
        this.where = where;
        this.setting = setting;
        this.record = record;
    }

    /** The column that the user named for this, where there is one. */
    Optional<String> mapped(Mapping.Name name) {
        return setting.options().mapping().column(name);
    }

    /** Adds messages, answers among them. */
    void say(Conversation conversation) {
        said.addAll(conversation.said());
    }

    /**
     * Begins with what was asked. Earlier answers in it are no turns of this transcript: a log of
     * calls has each of them in a record of its own, and would count it many times.
     */
    void ask(Request request) {
        request.messages().forEach(m -> said.add(new Said(m, StopReason.UNSTATED)));
        asked = said.size();
    }

    /** Adds standing instructions at the beginning, unless there are some. */
    void system(String text) {
        boolean none = said.stream().noneMatch(s -> s.message().role() == Role.SYSTEM);
        if (none && !text.isBlank()) {
            said.addFirst(new Said(new Message(Role.SYSTEM, text), StopReason.UNSTATED));
            asked++;
        }
    }

    /** Whether the last word is the model's. */
    boolean answered() {
        return !answers.isEmpty()
                || (said.size() > asked && said.getLast().message().role() == Role.ASSISTANT);
    }

    /** The text of the last message. */
    String lastText() {
        return said.isEmpty() ? "" : said.getLast().message().text();
    }

    /** The last message, though in the model's name, is part of what was asked. */
    void prefilled() {
        prefill = said.size() - 1;
    }

    /** Whether the user has named this column, and so said what it holds. */
    boolean isNamed(String column) {
        return setting.options().namedColumns().contains(column);
    }

    /** Says why the last answer ended, where that is still unknown. */
    void stopLast(StopReason stop) {
        Said last = said.getLast();
        if (last.stop() instanceof StopReason.Unstated) {
            said.set(said.size() - 1, new Said(last.message(), stop));
        }
    }

    /** Adds an answer to all that was said; several are alternatives to each other. */
    void answer(Response response) {
        answers.add(response);
    }

    /** Takes over a call of a batch file, with its id and model. */
    void logged(Logged call) {
        ownId = call.id();
        ownModel = call.model();
        ask(call.request());
        answers.addAll(call.responses());
    }

    /** An id that goes before the field {@code id}. */
    void id(JsonNode node) {
        ownId = text(node);
    }

    /** A model that goes before the field {@code model}. */
    void model(JsonNode node) {
        ownModel = text(node);
    }

    /** Fields that are read, and so are none of {@link Transcript#fields}. */
    void consumed(String... names) {
        consumed.addAll(Arrays.asList(names));
    }

    /** The transcripts that the record holds. */
    Decoded done() {
        String id = column(Mapping.Name.ID, "id", ownId).orElseGet(where::toString);
        String source =
                column(Mapping.Name.SOURCE, "source", Optional.empty()).orElse(setting.source());
        Optional<String> model = column(Mapping.Name.MODEL, "model", ownModel).or(setting::model);
        Labels labels = labels();
        Map<String, String> fields = fields();
        Request whole = new Request(said.stream().map(Said::message).toList());
        List<Turn> turns = turns(whole);
        List<Transcript> transcripts = new ArrayList<>();
        for (Response answer : answers) {
            String each = answers.size() == 1 ? id : id + "#" + (transcripts.size() + 1);
            List<Turn> all = new ArrayList<>(turns);
            all.add(new Turn(turns.size(), whole, answer));
            transcripts.add(new Transcript(each, source, where, model, whole, all, labels, fields));
        }
        if (answers.isEmpty()) {
            Request upTo = answered() && !turns.isEmpty() ? turns.getLast().request() : whole;
            transcripts.add(new Transcript(id, source, where, model, upTo, turns, labels, fields));
        }
        return new Decoded.Read(transcripts, warnings);
    }

    private List<Turn> turns(Request whole) {
        List<Turn> turns = new ArrayList<>();
        for (int i = asked; i < said.size(); i++) {
            Said each = said.get(i);
            if (each.message().role() == Role.ASSISTANT && i != prefill) {
                Response response = new Response(each.message().text(), each.stop());
                turns.add(new Turn(turns.size(), whole.first(i), response));
            }
        }
        return turns;
    }

    private Optional<String> column(Mapping.Name name, String own, Optional<String> shapes) {
        Optional<String> mapped = mapped(name);
        mapped.ifPresentOrElse(consumed::add, () -> consumed.add(own));
        return mapped.isPresent()
                ? text(Fields.at(record, mapped.get()))
                : shapes.or(() -> text(record.path(own)));
    }

    private Labels labels() {
        Optional<String> named = setting.options().labels().or(() -> mapped(Mapping.Name.LABEL));
        String promptColumn = mapped(Mapping.Name.PROMPT_LABEL).orElse("prompt_label");
        String answerColumn = named.orElse("response_label");
        Optional<Labels.Prompt> prompt =
                expected(promptColumn)
                        .flatMap(value -> known(promptColumn, value, LabelValues.prompt(value)));
        Optional<Labels.Answer> answer =
                expected(answerColumn)
                        .flatMap(value -> known(answerColumn, value, LabelValues.answer(value)));
        Optional<String> plain = label("label").filter(value -> !LabelValues.isUncertain(value));
        if (answer.isEmpty() && named.isEmpty()) {
            answer = plain.flatMap(LabelValues::answer);
        }
        if (prompt.isEmpty() && mapped(Mapping.Name.PROMPT_LABEL).isEmpty()) {
            prompt = plain.flatMap(LabelValues::prompt);
        }
        return new Labels(prompt, answer);
    }

    private Optional<String> label(String column) {
        return text(Fields.at(record, column));
    }

    /** The same of a column which holds nothing else; what cannot be a label is said. */
    private Optional<String> expected(String column) {
        JsonNode node = Fields.at(record, column);
        if (node.isContainerNode()) {
            warnings.add(
                    ProblemCode.LABEL_UNKNOWN.at(
                            where,
                            "the label in `%s` is %s where one word is needed; the record is read"
                                            .formatted(column, Conversation.what(node))
                                    + " without it"));
        }
        return text(node);
    }

    private <T> Optional<T> known(String column, String value, Optional<T> label) {
        if (label.isPresent()) {
            consumed.add(column);
        } else {
            warnings.add(
                    ProblemCode.LABEL_UNKNOWN.at(
                            where,
                            "the label `%s` in `%s` is not known; the record is read without it"
                                    .formatted(value, column)));
        }
        return label;
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            String name = field.getKey();
            if (field.getValue().isValueNode()
                    && !KNOWN.contains(name)
                    && !consumed.contains(name)) {
                text(field.getValue()).ifPresent(value -> fields.put(name, value));
            }
        }
        return fields;
    }

    /** The text of a scalar; nothing for an empty one. */
    private static Optional<String> text(JsonNode node) {
        return node.isValueNode() && !node.isNull() && !node.asText().isEmpty()
                ? Optional.of(node.asText())
                : Optional.empty();
    }
}
