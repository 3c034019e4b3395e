package io.demur.gateway.incident;

import io.demur.core.Refusal;
import io.demur.core.policy.ModelClass;
import io.demur.store.RequestPrints;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Puts refused requests where a gateway has them, without anybody asking: 100,000 exchanges would
 * take a benchmark longer than all that it measures.
 */
public final class Filling {

    private final RouteArounds incidents;
    private final RequestPrints prints;

    /** Fills the memory of a gateway, and the store that it is on. */
    public Filling(RouteArounds incidents, RequestPrints prints) {
        this.incidents = incidents;
        this.prints = prints;
    }

    /**
     * One that was refused by its provider.
     *
     * @param stored whether the store has it as well: without that it is found, and then not known
     */
    public void refused(
            String attempt,
            String principal,
            String project,
            Instant at,
            String text,
            boolean stored)
            throws StoreFailed, StoreRefused {
        Footprint footprint =
                new Footprint(
                                attempt,
                                principal,
                                Optional.of(project),
                                at,
                                at,
                                Optional.empty(),
                                OptionalDouble.of(0.01),
                                true,
                                false,
                                new Way("hosted", ModelClass.HOSTED, "", "", ""),
                                "",
                                "",
                                "openai.chat",
                                Fate.OPEN,
                                incidents.prints(text))
                        .with(
                                new Fate(
                                        "refused",
                                        Optional.of(Refusal.Origin.PROVIDER),
                                        Optional.of("provider")),
                                "hosted",
                                at,
                                false);
        if (stored && !prints.keep(footprint.row(true))) {
            throw new IllegalStateException("`%s` was not kept".formatted(attempt));
        }
        incidents.remember(footprint);
    }
}
