package io.demur.record.entry;

import io.demur.core.access.Limits;
import io.demur.core.access.Operation;
import io.demur.core.access.Scope;
import io.demur.record.entry.AccessChange.Action;
import io.demur.record.entry.AccessChange.Held;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields of ACCESS_CHANGE. */
final class AccessFields {

    private AccessFields() {}

    static void write(AccessChange entry, Draft to) {
        to.text("id", entry.id());
        to.word("action", entry.action());
        switch (entry.held()) {
            case Held.Key it -> {
                to.text("what", "key").text("name", it.name()).text("principal", it.principal());
                to.text("project", it.project());
                to.texts(
                        "operations",
                        it.scope().operations().stream().map(Operation::word).sorted().toList());
                to.texts("models", it.scope().models());
                it.expires().ifPresent(time -> to.time("expires", time));
                to.text("successor", it.successor());
            }
            case Held.Principal it -> {
                to.text("what", "principal").text("name", it.name()).text("role", it.role());
                limits(to, it.limits());
            }
            case Held.Project it -> {
                to.text("what", "project").text("name", it.name()).text("purpose", it.purpose());
                limits(to, it.limits());
            }
        }
        to.text("by", entry.by());
        to.text("reason", entry.reason());
    }

    static AccessChange read(Fields from) {
        return new AccessChange(
                from.time("at"),
                from.text("id"),
                from.word("action", Action.class),
                held(from),
                from.text("by"),
                from.maybeText("reason"));
    }

    private static Held held(Fields from) {
        String what = from.text("what");
        String name = from.text("name");
        return switch (what) {
            case "key" ->
                    new Held.Key(
                            name,
                            from.text("principal"),
                            from.maybeText("project"),
                            new Scope(operations(from), from.texts("models")),
                            from.has("expires")
                                    ? Optional.of(from.time("expires"))
                                    : Optional.empty(),
                            from.maybeText("successor"));
            case "principal" -> new Held.Principal(name, from.text("role"), limits(from));
            case "project" -> new Held.Project(name, from.maybeText("purpose"), limits(from));
            default ->
                    throw new IllegalArgumentException(
                            "`what` is `%s`, which is not known".formatted(what));
        };
    }

    private static Set<Operation> operations(Fields from) {
        return from.texts("operations").stream()
                .map(
                        word ->
                                Operation.of(word)
                                        .orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                "`operations` has `%s`, which is"
                                                                        .formatted(word)
                                                                        .concat(" not known"))))
                .collect(Collectors.toSet());
    }

    private static void limits(Draft to, Limits limits) {
        whole(to, "requests_per_minute", limits.requestsPerMinute());
        whole(to, "tokens_per_minute", limits.tokensPerMinute());
        whole(to, "concurrent", limits.concurrent());
        whole(to, "tokens_per_day", limits.tokensPerDay());
    }

    private static Limits limits(Fields from) {
        return new Limits(
                whole(from, "requests_per_minute"),
                whole(from, "tokens_per_minute"),
                whole(from, "concurrent"),
                whole(from, "tokens_per_day"));
    }

    private static void whole(Draft to, String name, OptionalLong number) {
        number.ifPresent(it -> to.whole(name, it));
    }

    private static OptionalLong whole(Fields from, String name) {
        return from.has(name) ? OptionalLong.of(from.whole(name)) : OptionalLong.empty();
    }
}
