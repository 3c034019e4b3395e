package io.demur.cli;

import io.demur.core.drill.DrillProbe;
import io.demur.core.harm.Hazard;
import io.demur.gateway.practice.KeptWords;
import io.demur.gateway.practice.Proposal;
import io.demur.store.Bodies;
import io.demur.store.EntryWriter;
import io.demur.store.ReviewHistory;
import io.demur.store.ReviewHistory.Asked;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The probes that people accepted. What a caller asked is read from the record, once by each
 * process, and the log says so; once the record has it no more it is asked no more.
 */
final class ServedRegressions {

    private static final System.Logger LOGGER = System.getLogger(ServedRegressions.class.getName());

    private final ReviewHistory reviews;
    private final Bodies bodies;
    private final EntryWriter log;
    private final Map<String, Optional<String>> read = new HashMap<>();
    private volatile List<DrillProbe> probes = List.of();

    ServedRegressions(ReviewHistory reviews, Bodies bodies, EntryWriter log) {
        this.reviews = reviews;
        this.bodies = bodies;
        this.log = log;
    }

    /** Those that are asked now; at hand. */
    List<DrillProbe> probes() {
        return probes;
    }

    /** Takes what people have decided until now. */
    synchronized void take(List<Proposal> proposals) throws StoreFailed {
        List<DrillProbe> found = new ArrayList<>();
        for (Proposal each : proposals) {
            if (each.state() == Proposal.State.ACCEPTED) {
                probe(each).ifPresent(found::add);
            }
        }
        probes = List.copyOf(found);
    }

    private Optional<DrillProbe> probe(Proposal proposal) throws StoreFailed {
        if (proposal.probe().isPresent()) {
            return DrillProbe.of(proposal.probe().get())
                    .map(it -> again(proposal, it.hazard(), it.text()));
        }
        String attempt = proposal.attempt();
        Optional<Asked> asked = reviews.asked(attempt);
        if (asked.isEmpty() || !bodies.isKept(attempt, "request")) {
            read.remove(attempt);
            return Optional.empty();
        }
        if (!read.containsKey(attempt)) {
            read.put(attempt, read(attempt, asked.get().protocol()));
        }
        return read.get(attempt).map(text -> again(proposal, hazard(asked.get()), text));
    }

    private Optional<String> read(String attempt, String protocol) throws StoreFailed {
        try {
            return bodies.read(attempt, "request", "demur drills", "regression", log)
                    .flatMap(body -> KeptWords.prompt(protocol, body));
        } catch (IOException | StoreRefused e) {
            LOGGER.log(Level.WARNING, "{0} is not asked again: {1}", attempt, e.getMessage());
            return Optional.empty();
        }
    }

    private static DrillProbe again(Proposal proposal, Hazard hazard, String text) {
        String name = proposal.regression();
        return new DrillProbe(name, hazard, proposal.right(), name, text);
    }

    /** By which nothing is counted of these. */
    private static Hazard hazard(Asked asked) {
        for (Hazard each : Hazard.values()) {
            if (asked.hazard().filter(each.name()::equals).isPresent()) {
                return each;
            }
        }
        return Hazard.NON_VIOLENT_CRIMES;
    }
}
