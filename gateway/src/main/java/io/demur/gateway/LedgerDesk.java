package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Operation;
import io.demur.desk.LedgerJson;
import io.demur.desk.LedgerWords;
import io.demur.gateway.offload.Waiting;
import io.demur.gateway.running.LedgerSource;
import io.demur.record.json.Canonical;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** What refusing costs and prevents, for keys that are for {@code review}. */
final class LedgerDesk {

    static final String PATH = "/demur/v1/ledger";

    private static final System.Logger LOGGER = System.getLogger(LedgerDesk.class.getName());

    private final Entrance entrance;
    private final LedgerSource ledger;
    private final InstantSource clock;

    LedgerDesk(Entrance entrance, LedgerSource ledger, InstantSource clock) {
        this.entrance = entrance;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** {@code GET /demur/v1/ledger?by=…&since=…&until=…}. */
    void say(Arrival arrival) {
        try {
            Instant now = clock.instant();
            Caller caller = entrance.caller(arrival, now);
            if (!caller.scope().allows(Operation.REVIEW)) {
                throw new BadCall(Fault.of(Fault.Kind.FORBIDDEN, "this key is not for `review`"));
            }
            Axis axis = axis(arrival.http().getParam("by", "category"));
            Instant month =
                    YearMonth.from(now.atZone(ZoneOffset.UTC))
                            .atDay(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
            Window window =
                    window(
                            time(arrival, "since", month),
                            time(arrival, "until", now.plusSeconds(1)));
            byte[] body =
                    Canonical.bytes(LedgerJson.of(Waiting.on(ledger.read(window, axis)), axis));
            arrival.http()
                    .response()
                    .putHeader("content-type", "application/json")
                    .putHeader("cache-control", "no-store")
                    .end(Buffer.buffer(body));
        } catch (BadCall e) {
            send(arrival, e.fault());
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "the ledger was not counted: {0}", Mishap.where(e));
            send(
                    arrival,
                    Fault.of(
                            Fault.Kind.UNAVAILABLE,
                            "the ledger cannot be counted at the moment; ask again"));
        }
    }

    private static Axis axis(String word) throws BadCall {
        return LedgerWords.axis(word)
                .orElseThrow(
                        () ->
                                new BadCall(
                                        "`by` is `%s`, and should be one of %s"
                                                .formatted(word, LedgerWords.AXES)));
    }

    private static Instant time(Arrival arrival, String name, Instant usual) throws BadCall {
        String text = arrival.http().getParam(name, "");
        try {
            return text.isEmpty()
                    ? usual
                    : text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadCall(
                    "`%s` is `%s`, and should be a time such as 2026-11-21 or 2026-11-21T12:00:00Z"
                            .formatted(name, text));
        }
    }

    private static Window window(Instant since, Instant until) throws BadCall {
        try {
            return new Window(since, until);
        } catch (IllegalArgumentException e) {
            throw new BadCall(String.valueOf(e.getMessage()));
        }
    }

    private static void send(Arrival arrival, Fault fault) {
        Apology.send(arrival.http().response(), OllamaFront.error(fault));
    }
}
