package io.demur.gateway.running;

import io.demur.gateway.gate.Seen;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.upstream.ServerStatus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What a gateway is asked by those who run it. All of it is at hand: to ask waits for nothing.
 *
 * @param statements takes signed statements about the policy; nothing where this gateway does not
 * @param stale whether it has been too long since the store said who has which key
 * @param waiting how many changes of who may ask wait for the log
 * @param servers how it stands with the servers of models
 * @param offloads what the pools of threads have done, by their names
 * @param metrics what is counted
 * @param also told of exchanges, beside what is counted here
 * @param lines whether each exchange is a line of JSON for the program's own logger
 * @param version of the program
 * @param ledger what refusing costs; nothing where nobody counts it
 */
public record Running(
        Optional<Statements> statements,
        BooleanSupplier stale,
        IntSupplier waiting,
        Supplier<List<ServerStatus>> servers,
        Map<String, Supplier<Offload.Counts>> offloads,
        Metrics metrics,
        Seen also,
        boolean lines,
        String version,
        Optional<LedgerSource> ledger) {

    public Running {
        Objects.requireNonNull(statements);
        Objects.requireNonNull(stale);
        Objects.requireNonNull(waiting);
        Objects.requireNonNull(servers);
        Objects.requireNonNull(metrics);
        Objects.requireNonNull(also);
        Objects.requireNonNull(version);
        Objects.requireNonNull(ledger);
        offloads = new LinkedHashMap<>(offloads);
    }

    /** One that nobody asks what refusing costs. */
    public Running(
            Optional<Statements> statements,
            BooleanSupplier stale,
            IntSupplier waiting,
            Supplier<List<ServerStatus>> servers,
            Map<String, Supplier<Offload.Counts>> offloads,
            Metrics metrics,
            Seen also,
            boolean lines,
            String version) {
        this(
                statements,
                stale,
                waiting,
                servers,
                offloads,
                metrics,
                also,
                lines,
                version,
                Optional.empty());
    }

    /** The same, and it says what refusing costs. */
    public Running with(LedgerSource other) {
        return new Running(
                statements,
                stale,
                waiting,
                servers,
                offloads,
                metrics,
                also,
                lines,
                version,
                Optional.of(other));
    }

    /** A gateway of which nothing more is known than what it does itself. */
    public static Running alone() {
        return new Running(
                Optional.empty(),
                () -> false,
                () -> 0,
                List::of,
                Map.of(),
                new Metrics(),
                Seen.NOTHING,
                false,
                "unknown");
    }

    /** Who is told of exchanges. */
    public Seen seen() {
        return (lines ? new ExchangeLines(metrics) : metrics).and(also);
    }
}
