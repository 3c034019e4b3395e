package io.demur.cli;

import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderMeaning;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.judge.Judgements;
import io.demur.record.keys.Pseudonyms;
import io.demur.store.Incidents;
import io.demur.store.RequestPrints;
import io.demur.store.Store;
import io.demur.store.StoreFailed;
import io.demur.store.Subjects;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Who sees what was refused and comes again, for a gateway of this installation. */
final class ServedIncidents {

    private ServedIncidents() {}

    /**
     * Begins with what the store has.
     *
     * @param executor of platform threads
     */
    static RouteArounds of(ServedDesk.Stock stock, Subjects subjects, Executor executor)
            throws StoreFailed {
        Store store = stock.store();
        InstantSource clock = stock.clock();
        String run = stock.ids().next("run"); // tells what this process writes from what others do
        Pseudonyms names = stock.keys().pseudonyms().getFirst();
        return new RouteArounds(
                new RouteArounds.Shelves(
                        new RequestPrints(store, subjects, new SecureRandom(), clock, run),
                        new Incidents(store, clock),
                        executor),
                names,
                Judgements.key(names),
                Encoder.isShipped()
                        ? Optional.of(EncoderMeaning.of(Encoder.shipped()))
                        : Optional.empty(),
                clock,
                RouteArounds.Pace.USUAL,
                () -> stock.keeper().inForce().settings());
    }
}
