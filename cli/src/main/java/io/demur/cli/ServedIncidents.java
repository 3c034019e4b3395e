package io.demur.cli;

import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderMeaning;
import io.demur.files.serve.ServeConfig;
import io.demur.gateway.incident.Arbiter;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.judge.Judgements;
import io.demur.record.keys.KeyRing;
import io.demur.record.keys.Pseudonyms;
import io.demur.remote.RemoteJudges;
import io.demur.store.AskedPairs;
import io.demur.store.Bodies;
import io.demur.store.EntryWriter;
import io.demur.store.Incidents;
import io.demur.store.RequestPrints;
import io.demur.store.Store;
import io.demur.store.StoreFailed;
import io.demur.store.Subjects;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Who sees what was refused and comes again, for a gateway of this installation.
 *
 * @param log takes the entries of bodies that are read for a judge
 */
record ServedIncidents(
        Store store, Subjects subjects, Bodies bodies, EntryWriter log, InstantSource clock) {

    /**
     * Begins with what the store has.
     *
     * @param run tells what this process writes from what others do
     * @param executor of platform threads
     */
    RouteArounds begin(ServeConfig config, KeyRing keys, String run, Executor executor)
            throws StoreFailed {
        Pseudonyms names = keys.pseudonyms().getFirst();
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
                config.judge().map(this::arbiter),
                clock,
                RouteArounds.Pace.USUAL);
    }

    private Arbiter arbiter(ServeConfig.Judge judge) {
        return new Arbiter(
                RemoteJudges.sameRequest(judge.url(), judge.model(), judge.key(), judge.within()),
                new AskedPairs(store, clock),
                bodies,
                log,
                judge.perDayMax());
    }
}
