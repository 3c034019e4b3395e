package io.demur.cli;

import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderMeaning;
import io.demur.files.serve.ServeConfig;
import io.demur.gateway.incident.Arbiter;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.judge.Judgements;
import io.demur.record.keys.Pseudonyms;
import io.demur.remote.RemoteJudges;
import io.demur.store.AskedPairs;
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
record ServedIncidents(ServedDesk.Stock stock, Subjects subjects) {

    /**
     * Begins with what the store has.
     *
     * @param judge who says what likeness leaves in doubt, where there is one
     * @param executor of platform threads
     */
    RouteArounds begin(Optional<ServeConfig.Judge> judge, Executor executor) throws StoreFailed {
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
                judge.map(this::arbiter),
                clock,
                RouteArounds.Pace.USUAL,
                () -> stock.keeper().inForce().settings());
    }

    private Arbiter arbiter(ServeConfig.Judge judge) {
        return new Arbiter(
                RemoteJudges.sameRequest(judge.url(), judge.model(), judge.key(), judge.within()),
                new AskedPairs(stock.store(), stock.clock()),
                stock.bodies(),
                stock.log(),
                AskedPairs.Allowance.shared(judge.perDayMax()));
    }
}
