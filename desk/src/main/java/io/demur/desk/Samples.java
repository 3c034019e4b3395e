package io.demur.desk;

import io.demur.record.entry.Attempt;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Outcome;
import io.demur.record.json.Json;
import io.demur.store.Cases;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.StoreFailed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts drawn answers into the queue, and known cases among them. Safe for use by several threads,
 * none of them virtual.
 */
public final class Samples {

    /** So many known cases for each other one: a tenth of what people get. */
    private static final double SEEDED = 1.0 / 9;

    /** Over that time a tenth is a tenth. */
    private static final Duration COUNTED = Duration.ofDays(30);

    private final Cases cases;
    private final Lot lot;
    private final Ids ids;
    private final Sampling sampling;
    private final InstantSource clock;

    public Samples(Cases cases, Lot lot, Ids ids, Sampling sampling, InstantSource clock) {
        this.cases = cases;
        this.lot = lot;
        this.ids = ids;
        this.sampling = sampling;
        this.clock = clock;
    }

    /** Which of them an exchange is drawn for. */
    public Sampling sampling() {
        return sampling;
    }

    /** The same queue, with nothing counted yet of what went through it: as after a start. */
    public Samples anew() {
        return new Samples(cases, lot, ids, sampling.anew(), clock);
    }

    /**
     * Opens the case that an exchange was drawn for, unless there are enough of its kind.
     *
     * @return whether one was opened
     */
    public boolean open(Sampling.Drawn drawn, Attempt attempt, Outcome outcome) throws StoreFailed {
        Instant now = clock.instant();
        return switch (drawn) {
            case NOTHING -> false;
            case SAMPLE ->
                    isRoom(outcome.at()) && cases.open(sample(attempt, outcome, now), List.of());
            case SEED -> isWanted(now) && cases.open(seeded(attempt, now), List.of());
        };
    }

    /** Whether a person is to look at an answer, or has. */
    public boolean isThere(String attempt) throws StoreFailed {
        return cases.about(attempt).stream().anyMatch(it -> it.kind() == Kind.SAMPLE);
    }

    /**
     * Of several gateways on one store none knows what the others let through: all count here. What
     * had no room on its day has none on the next.
     */
    private boolean isRoom(Instant answered) throws StoreFailed {
        Instant day =
                LocalDate.ofInstant(answered, ZoneOffset.UTC)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
        return cases.opened(EnumSet.of(Kind.SAMPLE), day) < sampling.most();
    }

    private boolean isWanted(Instant now) throws StoreFailed {
        Set<Kind> seeded = EnumSet.of(Kind.SEEDED);
        Instant since = now.minus(COUNTED);
        return cases.opened(seeded, since)
                < cases.opened(EnumSet.complementOf(EnumSet.of(Kind.SEEDED)), since) * SEEDED;
    }

    private ReviewCase sample(Attempt attempt, Outcome outcome, Instant now) {
        return opened(
                Kind.SAMPLE,
                ids.next("case"),
                Optional.of(attempt),
                attempt,
                outcome.hazard().map(it -> it.name().toLowerCase(Locale.ROOT)),
                new Json.Obj(new TreeMap<>(Map.of("protocol", new Json.Str(attempt.protocol())))),
                now);
    }

    /** Its project and its model are those of the exchange, so that nothing tells it apart. */
    private ReviewCase seeded(Attempt like, Instant now) {
        String id = ids.next("case");
        return opened(
                Kind.SEEDED,
                id,
                Optional.empty(),
                like,
                Optional.empty(),
                Seeded.about(lot, id),
                now);
    }

    private static ReviewCase opened(
            Kind kind,
            String id,
            Optional<Attempt> of,
            Attempt like,
            Optional<String> hazard,
            Json.Obj about,
            Instant now) {
        return ReviewCase.opened(
                id,
                kind,
                of.map(Attempt::id),
                of.map(Attempt::subject),
                like.project(),
                hazard,
                Optional.of(like.model()),
                Optional.of(like.modelClass()),
                about,
                now,
                now.plus(Service.USUAL.of(kind)));
    }
}
