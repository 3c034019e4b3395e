package io.demur.record.entry;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The fields of entries about requests: ATTEMPT, OUTCOME, ROUTE_AROUND, STAGE, DRILL. */
final class ExchangeFields {

    private ExchangeFields() {}

    static void write(Attempt entry, Draft to) {
        to.text("id", entry.id());
        to.text("principal", entry.principal());
        to.text("subject", entry.subject());
        to.text("project", entry.project());
        to.text("purpose", entry.purpose());
        to.text("protocol", entry.protocol());
        to.text("model", entry.model());
        to.text("model_class", entry.modelClass());
        to.text("model_digest", entry.modelDigest());
        to.text("policy", entry.policy());
        to.text("conversation", entry.conversation());
        to.kept("request", entry.request());
    }

    static Attempt attempt(Fields from) {
        return new Attempt(
                from.time("at"),
                from.text("id"),
                from.text("principal"),
                from.text("subject"),
                from.maybeText("project"),
                from.maybeText("purpose"),
                from.text("protocol"),
                from.text("model"),
                from.text("model_class"),
                from.maybeText("model_digest"),
                from.maybeText("policy"),
                from.maybeText("conversation"),
                from.kept("request"));
    }

    static void write(Outcome entry, Draft to) {
        to.text("attempt", entry.attempt());
        to.word("result", entry.result());
        to.text("decision", entry.decision());
        entry.origin().ifPresent(it -> to.word("origin", it));
        entry.hazard().ifPresent(it -> to.word("hazard", it));
        to.text("reason", entry.reason());
        to.texts("rules", entry.rules());
        to.texts("judges", entry.judges());
        entry.harmPpm().ifPresent(it -> to.whole("harm_ppm", it));
        entry.reply().ifPresent(it -> to.kept("reply", it));
        to.whole("released_bytes", entry.releasedBytes());
        entry.tokensIn().ifPresent(it -> to.whole("tokens_in", it));
        entry.tokensOut().ifPresent(it -> to.whole("tokens_out", it));
        to.span("took_us", entry.took());
        entry.added().ifPresent(it -> to.span("added_us", it));
        entry.answer().ifPresent(it -> to.object("answer", answer(it)));
        if (entry.estimated()) {
            to.truth("tokens_estimated", true);
        }
        to.texts("servers", entry.servers());
    }

    private static Draft answer(Outcome.Answer answer) {
        Draft draft = new Draft().text("decision", answer.decision());
        answer.hazard().ifPresent(it -> draft.word("hazard", it));
        answer.harmPpm().ifPresent(it -> draft.whole("harm_ppm", it));
        return draft;
    }

    private static Outcome.Answer answer(Fields from) {
        return new Outcome.Answer(
                from.text("decision"), from.maybeWord("hazard", Hazard.class), ppm(from));
    }

    private static OptionalInt ppm(Fields from) {
        return from.has("harm_ppm")
                ? OptionalInt.of(Math.toIntExact(from.whole("harm_ppm")))
                : OptionalInt.empty();
    }

    static Outcome outcome(Fields from) {
        return new Outcome(
                from.time("at"),
                from.text("attempt"),
                from.word("result", Outcome.Result.class),
                from.maybeText("decision"),
                from.maybeWord("origin", Refusal.Origin.class),
                from.maybeWord("hazard", Hazard.class),
                from.maybeText("reason"),
                from.texts("rules"),
                from.texts("judges"),
                ppm(from),
                from.has("reply") ? Optional.of(from.kept("reply")) : Optional.empty(),
                from.whole("released_bytes"),
                tokens(from, "tokens_in"),
                tokens(from, "tokens_out"),
                from.span("took_us"),
                from.has("added_us") ? Optional.of(from.span("added_us")) : Optional.empty(),
                from.has("answer") ? Optional.of(answer(from.object("answer"))) : Optional.empty(),
                from.has("tokens_estimated") && from.truth("tokens_estimated"),
                from.texts("servers"));
    }

    private static OptionalLong tokens(Fields from, String name) {
        return from.has(name) ? OptionalLong.of(from.whole(name)) : OptionalLong.empty();
    }

    static void write(RouteAround entry, Draft to) {
        to.text("id", entry.id());
        to.text("attempt", entry.attempt());
        to.text("refused", entry.refused());
        to.whole("similarity_ppm", entry.similarityPpm());
        to.text("method", entry.method());
        to.span("after_us", entry.after());
        to.text("from_class", entry.fromClass());
        to.text("to_class", entry.toClass());
        to.text("disposition", entry.disposition());
        entry.route().ifPresent(it -> to.object("route", route(it)));
        to.texts("parts", entry.parts());
        entry.judge().ifPresent(it -> to.text("judge", it));
    }

    private static Draft route(RouteAround.Route route) {
        return new Draft()
                .text("kind", route.kind())
                .text("change", route.change())
                .text("refused_by", route.refusedBy())
                .text("became", route.became())
                .truth("harmless", route.harmless());
    }

    private static RouteAround.Route route(Fields from) {
        return new RouteAround.Route(
                from.text("kind"),
                from.text("change"),
                from.text("refused_by"),
                from.text("became"),
                from.truth("harmless"));
    }

    static RouteAround routeAround(Fields from) {
        return new RouteAround(
                from.time("at"),
                from.text("id"),
                from.text("attempt"),
                from.text("refused"),
                Math.toIntExact(from.whole("similarity_ppm")),
                from.text("method"),
                from.span("after_us"),
                from.text("from_class"),
                from.text("to_class"),
                from.text("disposition"),
                from.has("route") ? Optional.of(route(from.object("route"))) : Optional.empty(),
                from.texts("parts"),
                from.maybeText("judge"));
    }

    static void write(StageSeen entry, Draft to) {
        to.text("project", entry.project());
        to.text("stage", entry.stage());
        to.texts("atoms", entry.atoms());
        to.text("attempt", entry.attempt());
    }

    static StageSeen stage(Fields from) {
        return new StageSeen(
                from.time("at"),
                from.text("project"),
                from.text("stage"),
                from.texts("atoms"),
                from.maybeText("attempt"));
    }

    static void write(DrillRun entry, Draft to) {
        to.text("id", entry.id());
        to.text("name", entry.name());
        to.text("attempt", entry.attempt());
        to.text("expected", entry.expected());
        to.text("found", entry.found());
        to.truth("passed", entry.passed());
        to.text("model", entry.model());
        entry.probed().ifPresent(it -> to.object("probed", probed(it)));
        to.text("alarm", entry.alarm());
    }

    private static Draft probed(DrillRun.Probed probed) {
        Draft draft =
                new Draft()
                        .text("policy", probed.policy())
                        .text("fingerprint", probed.fingerprint())
                        .text("said", probed.said())
                        .span("took_us", probed.took())
                        .whole("anchors", probed.anchors())
                        .whole("over", probed.over())
                        .whole("under", probed.under());
        probed.harm().ifPresent(it -> draft.whole("harm_ppm", it));
        return draft;
    }

    private static DrillRun.Probed probed(Fields from) {
        return new DrillRun.Probed(
                from.text("policy"),
                from.maybeText("fingerprint"),
                from.text("said"),
                from.span("took_us"),
                Math.toIntExact(from.whole("anchors")),
                Math.toIntExact(from.whole("over")),
                Math.toIntExact(from.whole("under")),
                ppm(from));
    }

    static DrillRun drill(Fields from) {
        return new DrillRun(
                from.time("at"),
                from.text("id"),
                from.text("name"),
                from.maybeText("attempt"),
                from.text("expected"),
                from.text("found"),
                from.truth("passed"),
                from.maybeText("model"),
                from.has("probed") ? Optional.of(probed(from.object("probed"))) : Optional.empty(),
                from.maybeText("alarm"));
    }
}
