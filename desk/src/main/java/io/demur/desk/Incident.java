package io.demur.desk;

import io.demur.record.json.Json;
import io.demur.store.ReviewCase;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was refused and came again, as people see it: refused by whom and why, sent again where and
 * how often, and what became of that. Immutable.
 *
 * @param of the case, whose kind is {@link ReviewCase.Kind#INCIDENT}
 */
public record Incident(ReviewCase of) {

    /** What tells of the refused request, and not of those that came after it. */
    private static final Set<String> OF_REFUSED =
            Set.of(
                    "refused",
                    "refused_at",
                    "refused_by",
                    "refused_model",
                    "refused_class",
                    "reason",
                    "hazard");

    public Incident {
        Objects.requireNonNull(of);
    }

    /**
     * A later request, as its case names it.
     *
     * @param at when it came
     * @param became what became of it
     */
    public record Later(
            String attempt,
            String at,
            String model,
            String modelClass,
            String route,
            String change,
            String method,
            long similarityPpm,
            String became) {}

    /** What the case says under a name; empty where it says nothing. */
    public String text(String name) {
        return text(of.about(), name);
    }

    /** How many later requests it has. */
    public long count() {
        return whole(of.about(), "count");
    }

    /** Those that it names, which are the first of them. */
    public List<Later> later() {
        return of.about().fields().get("later") instanceof Json.Arr named
                ? named.items().stream()
                        .filter(Json.Obj.class::isInstance)
                        .map(it -> later((Json.Obj) it))
                        .toList()
                : List.of();
    }

    private static Later later(Json.Obj one) {
        return new Later(
                text(one, "attempt"),
                text(one, "at"),
                text(one, "model"),
                text(one, "class"),
                text(one, "route"),
                text(one, "change"),
                text(one, "method"),
                whole(one, "similarity_ppm"),
                text(one, "became"));
    }

    private static String text(Json.Obj of, String name) {
        return of.fields().get(name) instanceof Json.Str said ? said.text() : "";
    }

    private static long whole(Json.Obj of, String name) {
        return of.fields().get(name) instanceof Json.Whole whole ? whole.number() : 0;
    }

    /** How far it has come, as people read it. */
    public String state() {
        return of.state().name().toLowerCase(Locale.ROOT);
    }

    /**
     * All of it.
     *
     * @param reviewer whether it is for somebody who looks at everybody's; others see neither whose
     *     it is nor anything of what was refused to somebody else
     */
    public Json.Obj json(boolean reviewer) {
        TreeMap<String, Json> fields = new TreeMap<>(of.about().fields());
        put(fields, "id", of.id());
        put(fields, "state", state());
        put(fields, "opened_at", of.created().toString());
        put(fields, "due_at", of.due().toString());
        of.attempt().ifPresent(it -> put(fields, "attempt", it));
        of.project().ifPresent(it -> put(fields, "project", it));
        of.hazard().ifPresent(it -> put(fields, "hazard", it));
        of.model().ifPresent(it -> put(fields, "model", it));
        of.modelClass().ifPresent(it -> put(fields, "class", it));
        if (reviewer) {
            of.subject().ifPresent(it -> put(fields, "principal", it));
        } else if (!new Json.Bool(true).equals(fields.get("same_principal"))) {
            fields.keySet().removeIf(OF_REFUSED::contains);
        }
        if (!of.said().isEmpty()) {
            put(fields, "decision", of.said().getLast().decision());
            put(fields, "decision_reason", of.said().getLast().reason());
        }
        return new Json.Obj(fields);
    }

    private static void put(TreeMap<String, Json> to, String name, String text) {
        to.put(name, new Json.Str(text));
    }
}
