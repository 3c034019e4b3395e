package io.demur.gateway.running;

import io.demur.desk.Ledger;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;

import java.util.concurrent.CompletableFuture;

/** Says what refusing costs and prevents, as the log has it by then. */
@FunctionalInterface
public interface LedgerSource {

    /** Counts it on threads of its own. */
    CompletableFuture<Ledger> read(Window window, Axis axis);
}
