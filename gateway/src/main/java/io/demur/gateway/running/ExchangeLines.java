package io.demur.gateway.running;

import io.demur.gateway.gate.Seen;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One line of JSON for each exchange, as the log entry has it and with less: no text of anybody, no
 * key, nobody's name; and with the id by which the caller knows the request. The line goes to the
 * logger {@link #NAME} as its whole message.
 *
 * @param next told as well
 */
public record ExchangeLines(Seen next) implements Seen {

    /** The logger's name. */
    public static final String NAME = "io.demur.exchange";

    private static final System.Logger LOGGER = System.getLogger(NAME);

    @Override
    public void attempted() {
        next.attempted();
    }

    @Override
    public void unwritten() {
        next.unwritten();
    }

    @Override
    public void ended(Attempt attempt, Outcome outcome) {
        ended(attempt, outcome, Optional.empty());
    }

    @Override
    public void ended(Attempt attempt, Outcome outcome, Optional<String> request) {
        next.ended(attempt, outcome, request);
        LOGGER.log(Level.INFO, () -> line(attempt, outcome, request.orElse(attempt.id())));
    }

    private static String line(Attempt attempt, Outcome outcome, String request) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("at", new Json.Str(outcome.at().toString()));
        fields.put("attempt", new Json.Str(attempt.id()));
        fields.put("class", new Json.Str(attempt.modelClass()));
        fields.put("level", new Json.Str("info"));
        fields.put("logger", new Json.Str(NAME));
        fields.put("micros", new Json.Whole(outcome.took().toNanos() / 1_000));
        outcome.added()
                .ifPresent(it -> fields.put("added-micros", new Json.Whole(it.toNanos() / 1_000)));
        fields.put("protocol", new Json.Str(attempt.protocol()));
        fields.put("request", new Json.Str(request));
        fields.put("released", new Json.Whole(outcome.releasedBytes()));
        fields.put("result", new Json.Str(word(outcome.result())));
        outcome.answer().ifPresent(it -> fields.put("answer", new Json.Str(it.decision())));
        if (outcome.estimated()) {
            fields.put("tokens-estimated", new Json.Bool(true));
        }
        outcome.decision().ifPresent(it -> fields.put("decision", new Json.Str(it)));
        outcome.origin().ifPresent(it -> fields.put("origin", new Json.Str(word(it))));
        outcome.reason().ifPresent(it -> fields.put("reason", new Json.Str(it)));
        outcome.tokensIn().ifPresent(it -> fields.put("tokens-in", new Json.Whole(it)));
        outcome.tokensOut().ifPresent(it -> fields.put("tokens-out", new Json.Whole(it)));
        return Canonical.text(new Json.Obj(fields));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
