package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.Where;
import io.demur.files.Preference.Labelled;
import io.demur.files.Preference.Pair;
import io.demur.files.Preference.Shown;
import io.demur.wire.Conversation;
import io.demur.wire.MalformedBody;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The column forms in which tools keep what a model is trained on: those that TRL documents, with
 * texts or with lists of messages, with the prompt beside the answers or in them; conversations of
 * {@code from} and {@code value}; and dialogues in one text, told apart by {@code Human:} and
 * {@code Assistant:}.
 */
final class PreferenceForms {

    private static final List<String> CONVERSATIONS = List.of("messages", "conversations");
    private static final List<String> LABELS = List.of("label", "kto_tag", "desirable");

    /** How a speaker is announced within a text. */
    private static final Pattern SPEAKER = Pattern.compile("(?:^|\n\n)(Human|Assistant): ?");

    private PreferenceForms() {}

    /** Whether a record has the fields of any of them. */
    static boolean fits(JsonNode record) {
        return isPair(record)
                || conversation(record).isPresent()
                || (named(record, RowShape.PROMPTS).isPresent()
                        && named(record, RowShape.RESPONSES).isPresent());
    }

    /** What a record is to teach; empty where a conversation has no answer in it. */
    static List<Preference> read(Where where, JsonNode record) throws MalformedBody {
        if (isPair(record)) {
            return List.of(pair(where, record));
        }
        Optional<String> label =
                LABELS.stream().filter(name -> isTruth(record.path(name))).findFirst();
        List<Preference> shown =
                conversation(record).isPresent() ? shown(where, record) : answered(where, record);
        if (label.isEmpty() || shown.isEmpty()) {
            return shown;
        }
        Shown last = (Shown) shown.getLast();
        boolean desirable = truth(record.path(label.get()));
        return List.of(new Labelled(where, last.request(), last.completion(), desirable));
    }

    private static boolean isPair(JsonNode record) {
        return record.has("chosen") && record.has("rejected");
    }

    private static Pair pair(Where where, JsonNode record) throws MalformedBody {
        List<Message> asked = asked(record);
        List<Message> chosen = side(record.path("chosen"), "chosen");
        List<Message> rejected = side(record.path("rejected"), "rejected");
        // what stands before the answer of a side is the whole of what was asked
        List<Message> before = chosen.size() > 1 ? chosen.subList(0, chosen.size() - 1) : List.of();
        return new Pair(
                where,
                new Request(before.isEmpty() ? asked : before),
                chosen.getLast().text(),
                rejected.getLast().text());
    }

    /** The answer at its end, and before it whatever the field has of the conversation. */
    private static List<Message> side(JsonNode node, String name) throws MalformedBody {
        List<Message> side =
                node.isTextual()
                        ? dialogue(node.asText(), Role.ASSISTANT)
                        : messages(node.isObject() ? List.of(node) : elements(node, name), name);
        if (side.isEmpty() || side.getLast().role() != Role.ASSISTANT) {
            throw new MalformedBody("`%s` ends with no answer of the assistant".formatted(name));
        }
        return side;
    }

    private static List<Preference> answered(Where where, JsonNode record) throws MalformedBody {
        String name = named(record, RowShape.RESPONSES).orElseThrow();
        List<Message> completion = side(record.path(name), name);
        return List.of(new Shown(where, new Request(asked(record)), completion.getLast().text()));
    }

    private static List<Preference> shown(Where where, JsonNode record) throws MalformedBody {
        Request whole = new Request(asked(record));
        List<Preference> shown = new ArrayList<>();
        for (int i = 0; i < whole.messages().size(); i++) {
            Message message = whole.messages().get(i);
            if (message.role() == Role.ASSISTANT) {
                shown.add(new Shown(where, whole.first(i), message.text()));
            }
        }
        return shown;
    }

    /** The conversation beside the answers, or the prompt; with the system prompt before it. */
    private static List<Message> asked(JsonNode record) throws MalformedBody {
        List<Message> asked = new ArrayList<>();
        Optional<String> name = conversation(record).or(() -> asking(record));
        if (name.isPresent()) {
            JsonNode node = record.path(name.get());
            if (node.isArray()) {
                asked.addAll(messages(elements(node, name.get()), name.get()));
            } else if (node.isTextual()) {
                String text = node.asText();
                if (name.get().equals("instruction")
                        && !record.path("input").asText("").isBlank()) {
                    text += "\n\n" + record.path("input").asText();
                }
                asked.addAll(dialogue(text, Role.USER));
            } else {
                throw new MalformedBody(
                        "`%s` is %s where text or a list of messages is needed"
                                .formatted(name.get(), Conversation.what(node)));
            }
        }
        String system = Conversation.text(record.path("system"), "system");
        boolean none = asked.stream().noneMatch(message -> message.role() == Role.SYSTEM);
        if (none && !system.isBlank()) {
            asked.addFirst(new Message(Role.SYSTEM, system));
        }
        return asked;
    }

    private static List<JsonNode> elements(JsonNode node, String name) throws MalformedBody {
        if (!node.isArray()) {
            throw new MalformedBody(
                    "`%s` is %s where text or a list of messages is needed"
                            .formatted(name, Conversation.what(node)));
        }
        List<JsonNode> elements = new ArrayList<>();
        node.forEach(elements::add);
        return elements;
    }

    private static List<Message> messages(List<JsonNode> nodes, String name) throws MalformedBody {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            String path = "%s[%d]".formatted(name, i);
            if (node.path("from").isTextual()) {
                messages.add(
                        new Message(
                                speaker(node.path("from").asText(), path + ".from"),
                                Conversation.text(node.path("value"), path + ".value")));
            } else {
                Role role = speaker(node.path("role").asText(""), path + ".role");
                messages.add(
                        new Message(
                                role, Conversation.text(node.path("content"), path + ".content")));
            }
        }
        return messages;
    }

    private static Role speaker(String word, String path) throws MalformedBody {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> Role.SYSTEM;
            case "user", "human", "prompter" -> Role.USER;
            case "assistant", "gpt", "chatgpt", "model", "bot", "function_call" -> Role.ASSISTANT;
            case "tool", "function", "observation" -> Role.TOOL;
            default ->
                    throw new MalformedBody(
                            "`%s` is `%s` where `system`, `user`, `assistant` or `tool` is needed"
                                    .formatted(path, word));
        };
    }

    /** A text as a dialogue where it announces its speakers; one message of a role elsewhere. */
    private static List<Message> dialogue(String text, Role otherwise) {
        Matcher speaker = SPEAKER.matcher(text);
        if (!speaker.lookingAt()) {
            return List.of(new Message(otherwise, text));
        }
        List<Message> messages = new ArrayList<>();
        boolean more = true;
        while (more) {
            Role role = speaker.group(1).equals("Human") ? Role.USER : Role.ASSISTANT;
            int from = speaker.end();
            more = speaker.find();
            String said = text.substring(from, more ? speaker.start() : text.length()).strip();
            // a prompt of this form ends by announcing the answer
            if (more || !said.isEmpty()) {
                messages.add(new Message(role, said));
            }
        }
        return messages;
    }

    private static Optional<String> conversation(JsonNode record) {
        return CONVERSATIONS.stream().filter(name -> record.path(name).isArray()).findFirst();
    }

    private static Optional<String> named(JsonNode record, List<String> names) {
        return names.stream()
                .filter(name -> record.path(name).isTextual() || record.path(name).isArray())
                .findFirst();
    }

    /** The prompt; where none is text or a list, what stands in its place, to be named as wrong. */
    private static Optional<String> asking(JsonNode record) {
        return named(record, RowShape.PROMPTS)
                .or(
                        () ->
                                RowShape.PROMPTS.stream()
                                        .filter(name -> record.path(name).isObject())
                                        .findFirst());
    }

    private static boolean isTruth(JsonNode node) {
        return node.isBoolean()
                || (node.isInt() && (node.asInt() == 0 || node.asInt() == 1))
                || (node.isTextual() && node.asText().matches("(?i)true|false"));
    }

    private static boolean truth(JsonNode node) {
        return node.isInt() ? node.asInt() == 1 : node.asText().equalsIgnoreCase("true");
    }
}
