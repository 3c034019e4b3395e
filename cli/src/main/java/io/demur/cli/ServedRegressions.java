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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The probes that people accepted. What a caller asked is read from the record, once by each
 * process, and the log says so; once the record has it no more it is asked no more.
 */
final class ServedRegressions {

    private static final System.Logger LOGGER = System.getLogger(ServedRegressions.class.getName());

    private final ReviewHistory reviews;
    private final Bodies bodies;
    private final EntryWriter log;

    /** What was asked in attempts that were accepted; nothing where it cannot be asked again. */
    private final Map<String, Optional<String>> read = new HashMap<>();

    private volatile List<Again> again = List.of();

    /**
     * What is asked again.
     *
     * @param model the only one that is, where a caller asked it: nobody else got the words
     */
    private record Again(Optional<String> model, DrillProbe probe) {}

    ServedRegressions(ReviewHistory reviews, Bodies bodies, EntryWriter log) {
        this.reviews = reviews;
        this.bodies = bodies;
        this.log = log;
    }

    /** Those that a model is asked now; at hand. */
    List<DrillProbe> probes(String model) {
        return again.stream()
                .filter(it -> it.model().isEmpty() || it.model().get().equals(model))
                .map(Again::probe)
                .toList();
    }

    /** Takes what people have decided until now. */
    synchronized void take(List<Proposal> proposals) throws StoreFailed {
        List<Again> found = new ArrayList<>();
        Set<String> accepted = new HashSet<>();
        for (Proposal each : proposals) {
            if (each.state() == Proposal.State.ACCEPTED) {
                accepted.add(each.attempt());
                again(each).ifPresent(found::add);
            }
        }
        read.keySet().retainAll(accepted);
        again = List.copyOf(found);
    }

    private Optional<Again> again(Proposal proposal) throws StoreFailed {
        if (proposal.probe().isPresent()) {
            return DrillProbe.of(proposal.probe().get())
                    .map(
                            it ->
                                    new Again(
                                            Optional.empty(),
                                            probe(proposal, it.hazard(), it.text())));
        }
        String attempt = proposal.attempt();
        Optional<Asked> asked = reviews.asked(attempt);
        if (asked.isEmpty() || !bodies.isKept(attempt, "request")) {
            read.remove(attempt);
            return Optional.empty();
        }
        return words(attempt, asked.get().protocol())
                .map(
                        text ->
                                new Again(
                                        Optional.of(asked.get().model()),
                                        probe(proposal, hazard(asked.get()), text)));
    }

    private Optional<String> words(String attempt, String protocol) throws StoreFailed {
        Optional<String> known = read.get(attempt);
        if (known != null) {
            return known;
        }
        try {
            Optional<String> words =
                    bodies.read(attempt, "request", "demur drills", "regression", log)
                            .flatMap(body -> KeptWords.prompt(protocol, body));
            read.put(attempt, words);
            return words;
        } catch (IOException | StoreRefused e) {
            LOGGER.log(Level.WARNING, "{0} is not asked again: {1}", attempt, e.getMessage());
            return Optional.empty();
        }
    }

    private static DrillProbe probe(Proposal proposal, Hazard hazard, String text) {
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
