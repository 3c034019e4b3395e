package io.demur.eval.run;

import io.demur.core.Message;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.harm.Hazard;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Push;
import io.demur.core.suite.Rung;
import io.demur.core.suite.Style;
import io.demur.core.suite.Tactic;
import io.demur.eval.Word;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A case as it stands in a run file: in the fields that it has in a suite's file. */
final class CaseLine {

    private CaseLine() {}

    static Map<String, @Nullable Object> fields(Case of) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", of.id());
        fields.put("section", of.section());
        fields.put("messages", of.request().messages().stream().map(CaseLine::message).toList());
        fields.put("expect", Word.of(of.expectation()));
        of.kind().ifPresent(it -> fields.put("kind", Word.of(it)));
        of.hazard().ifPresent(it -> fields.put("hazard", Word.of(it)));
        of.style().ifPresent(it -> fields.put("style", Word.of(it)));
        of.pair().ifPresent(it -> fields.put("pair", it));
        of.group().ifPresent(it -> fields.put("group", it));
        of.rung()
                .ifPresent(
                        it -> {
                            fields.put("ladder", it.ladder());
                            fields.put("level", it.level());
                        });
        if (!of.pushes().isEmpty()) {
            fields.put(
                    "pushes",
                    of.pushes().stream()
                            .map(it -> Map.of(Word.of(it.tactic()), it.text()))
                            .toList());
        }
        if (!of.tags().isEmpty()) {
            fields.put("tags", of.tags());
        }
        if (!of.why().isEmpty()) {
            fields.put("why", of.why());
        }
        return fields;
    }

    private static Map<String, Object> message(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("role", Word.of(message.role()));
        fields.put("content", message.text());
        return fields;
    }

    static Case read(Told told) {
        return new Case(
                told.text("id"),
                told.text("section"),
                new Request(
                        told.objects("messages").stream()
                                .map(
                                        it ->
                                                new Message(
                                                        Word.read(Role.class, it.text("role")),
                                                        it.text("content")))
                                .toList()),
                Word.read(Expectation.class, told.text("expect")),
                told.maybeText("kind").map(it -> Word.read(Refusal.Kind.class, it)),
                told.maybeText("hazard").map(it -> Word.read(Hazard.class, it)),
                told.maybeText("style").map(it -> Word.read(Style.class, it)),
                told.maybeText("pair"),
                told.maybeText("group"),
                told.maybeText("ladder").map(it -> new Rung(it, told.small("level"))),
                pushes(told),
                told.maybeObject("tags").map(CaseLine::texts).orElseGet(Map::of),
                told.textOrEmpty("why"));
    }

    private static List<Push> pushes(Told told) {
        return told.objects("pushes").stream()
                .map(
                        it -> {
                            if (it.names().size() != 1) {
                                throw new IllegalArgumentException(
                                        "each of `pushes` is one tactic and what is said");
                            }
                            String tactic = it.names().getFirst();
                            return new Push(Word.read(Tactic.class, tactic), it.text(tactic));
                        })
                .toList();
    }

    private static Map<String, String> texts(Told told) {
        Map<String, String> texts = new TreeMap<>();
        told.names().forEach(name -> texts.put(name, told.text(name)));
        return texts;
    }
}
