package io.demur.eval.teach;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns in which lessons are written, as TRL documents them for conversations. */
public enum Form {
    /** {@code prompt}, {@code chosen}, {@code rejected}. */
    DPO,
    /** {@code prompt}, {@code completion}, {@code label}. */
    KTO,
    /** {@code messages}. */
    SFT;

    /** The rows of a lesson; none where the form needs an answer that it does not have. */
    public List<Map<String, ?>> rows(Lesson lesson) {
        List<Map<String, ?>> rows = new ArrayList<>();
        switch (this) {
            case DPO ->
                    lesson.chosen()
                            .ifPresent(
                                    chosen -> {
                                        Map<String, @Nullable Object> row = prompt(lesson);
                                        row.put("chosen", answer(chosen));
                                        row.put("rejected", answer(lesson.rejected()));
                                        row.put("demur", pair(lesson, chosen));
                                        rows.add(row);
                                    });
            case KTO -> {
                lesson.chosen().ifPresent(chosen -> rows.add(labelled(lesson, chosen, true)));
                rows.add(labelled(lesson, lesson.rejected(), false));
            }
            case SFT ->
                    lesson.chosen()
                            .ifPresent(
                                    chosen -> {
                                        Map<String, @Nullable Object> row = new LinkedHashMap<>();
                                        List<Object> messages = messages(lesson.request());
                                        messages.addAll(answer(chosen));
                                        row.put("messages", messages);
                                        row.put("demur", single(lesson, chosen));
                                        rows.add(row);
                                    });
        }
        return rows;
    }

    private static Map<String, @Nullable Object> labelled(
            Lesson lesson, Said said, boolean desirable) {
        Map<String, @Nullable Object> row = prompt(lesson);
        row.put("completion", answer(said));
        row.put("label", desirable);
        row.put("demur", single(lesson, said));
        return row;
    }

    private static Map<String, @Nullable Object> prompt(Lesson lesson) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("prompt", messages(lesson.request()));
        return row;
    }

    private static Map<String, @Nullable Object> pair(Lesson lesson, Said chosen) {
        Map<String, @Nullable Object> fields = provenance(lesson);
        fields.put("chosen", chosen.origin().fields());
        fields.put("rejected", lesson.rejected().origin().fields());
        return fields;
    }

    private static Map<String, @Nullable Object> single(Lesson lesson, Said said) {
        Map<String, @Nullable Object> fields = provenance(lesson);
        fields.put("completion", said.origin().fields());
        return fields;
    }

    private static Map<String, @Nullable Object> provenance(Lesson lesson) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("reason", lesson.reason().word());
        fields.put("why", lesson.why());
        fields.put("judges", lesson.judges());
        return fields;
    }

    private static List<Object> messages(Request request) {
        List<Object> messages = new ArrayList<>();
        request.messages().forEach(message -> messages.add(message(message)));
        return messages;
    }

    private static List<Object> answer(Said said) {
        return List.of(message(new Message(Role.ASSISTANT, said.text())));
    }

    private static Map<String, Object> message(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("role", message.role().name().toLowerCase(Locale.ROOT));
        fields.put("content", message.text());
        return fields;
    }
}
