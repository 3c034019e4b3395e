package io.demur.gateway.appeal;

import io.demur.desk.Appealed;
import io.demur.desk.Appeals;
import io.demur.desk.Reports;
import io.demur.desk.Thumbs;
import io.demur.store.Exchanged;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Appeals, reports and feedback as callers bring them: on threads of its own, because databases
 * know no virtual ones. Safe for use by several threads.
 */
public final class Redress {

    private static final int APPEALS_AN_HOUR = 60;
    private static final int MISSES_AN_HOUR = 60;
    private static final int REPORTS_AN_HOUR = 20;
    private static final int THUMBS_AN_HOUR = 600;

    private final Desk desk;
    private final Links links;
    private final Known known;
    private final Executor executor;
    private final Often appeals = new Often(APPEALS_AN_HOUR, Duration.ofHours(1));
    private final Often misses = new Often(MISSES_AN_HOUR, Duration.ofHours(1));
    private final Often reports = new Often(REPORTS_AN_HOUR, Duration.ofHours(1));
    private final Often thumbs = new Often(THUMBS_AN_HOUR, Duration.ofHours(1));

    /** Who does what is asked for. */
    public record Desk(Appeals appeals, Reports reports, Thumbs thumbs) {}

    /**
     * What else is known here.
     *
     * @param earlier the refusal that one came back to, where it did
     * @param names the names of principals
     */
    public record Known(
            Function<String, Optional<String>> earlier, Function<String, Optional<String>> names) {}

    /**
     * That of a gateway.
     *
     * @param executor of platform threads
     */
    public Redress(Desk desk, Links links, Known known, Executor executor) {
        this.desk = desk;
        this.links = links;
        this.known = known;
        this.executor = executor;
    }

    /** The tokens in links of refusals. */
    public Links links() {
        return links;
    }

    /**
     * Who appeals: the principal of the attempt, or whoever has the link of its refusal.
     *
     * @param principal nobody where the link is there
     */
    public record Appellant(String attempt, Optional<String> principal) {
        public Appellant {
            Objects.requireNonNull(principal);
        }

        /** Who is counted; of whoever has a link nothing else is known. */
        private String asker() {
            return principal.orElse(attempt);
        }

        private boolean mayAsk(Exchanged exchange) {
            return principal.isEmpty() || principal.get().equals(exchange.principal());
        }
    }

    /**
     * How an appeal stands.
     *
     * @param exchange what it is, or would be, against
     */
    public record Standing(Exchanged exchange, Optional<Appealed> appeal) {
        public Standing {
            Objects.requireNonNull(appeal);
        }
    }

    /** How an appeal stands. */
    public CompletableFuture<Taken<Standing>> standing(Appellant who, Instant now) {
        return own(
                who,
                now,
                own -> Optional.of(new Standing(own, desk.appeals().find(who.attempt()))));
    }

    /**
     * Makes one.
     *
     * @param kept how long the words are kept
     */
    public CompletableFuture<Taken<Appeals.Made>> appeal(
            Appellant who, String words, Duration kept, Instant now) {
        if (!appeals.once(who.asker(), now)) {
            return CompletableFuture.completedFuture(new Taken.TooOften<>());
        }
        return own(
                who,
                now,
                own ->
                        Optional.of(
                                desk.appeals()
                                        .open(
                                                own,
                                                own.principal(),
                                                words,
                                                kept,
                                                known.earlier().apply(who.attempt()))));
    }

    /** Takes one back. */
    public CompletableFuture<Taken<Appealed>> withdraw(Appellant who, Instant now) {
        return own(who, now, own -> desk.appeals().withdraw(who.attempt(), own.principal()));
    }

    private interface OfOwn<T> {
        Optional<T> of(Exchanged own) throws StoreFailed, StoreRefused, IOException;
    }

    /** Asks about an attempt of theirs; who asks for what is not there does not for ever. */
    private <T> CompletableFuture<Taken<T>> own(Appellant who, Instant now, OfOwn<T> work) {
        if (misses.isFull(who.asker(), now)) {
            return CompletableFuture.completedFuture(new Taken.TooOften<>());
        }
        return done(
                () -> {
                    Optional<Exchanged> own =
                            desk.appeals().exchange(who.attempt()).filter(who::mayAsk);
                    if (own.isEmpty()) {
                        return missed(who.asker(), now);
                    }
                    return work.of(own.get())
                            .<Taken<T>>map(Taken.Done::new)
                            .orElseGet(Taken.Unknown::new);
                });
    }

    private <T> Taken<T> missed(String asker, Instant now) {
        return misses.once(asker, now) ? new Taken.Unknown<>() : new Taken.TooOften<>();
    }

    /** What came of something that is counted. */
    public sealed interface Taken<T> {
        record Done<T>(T what) implements Taken<T> {}

        /** There is no such thing, or it is another's. */
        record Unknown<T>() implements Taken<T> {}

        record TooOften<T>() implements Taken<T> {}
    }

    /**
     * A report.
     *
     * @param named whether the reporter's name is kept
     */
    public record Reported(Reports.About about, String reason, String words, boolean named) {}

    /** Opens a report, and says by which id it is known. */
    public CompletableFuture<Taken<String>> report(
            Reported reported, String principal, Duration kept, Instant now) {
        if (!reports.once(principal, now)) {
            return CompletableFuture.completedFuture(new Taken.TooOften<>());
        }
        return done(
                () ->
                        desk.reports()
                                .open(
                                        reported.about(),
                                        reported.reason(),
                                        reported.words(),
                                        reported.named()
                                                ? Optional.of(reporter(principal))
                                                : Optional.empty(),
                                        kept)
                                .<Taken<String>>map(Taken.Done::new)
                                .orElseGet(Taken.Unknown::new));
    }

    private Reports.Reporter reporter(String principal) {
        return new Reports.Reporter(principal, known.names().apply(principal));
    }

    /** Takes note of how content somebody is. */
    public CompletableFuture<Taken<Thumbs.Thumb>> thumb(
            String attempt, String principal, Thumbs.Thumb thumb, Instant now) {
        if (misses.isFull(principal, now) || !thumbs.once(principal, now)) {
            return CompletableFuture.completedFuture(new Taken.TooOften<>());
        }
        return done(
                () ->
                        desk.thumbs().give(attempt, principal, thumb)
                                ? new Taken.Done<>(thumb)
                                : missed(principal, now));
    }

    private interface Work<T> {
        T in() throws StoreFailed, StoreRefused, IOException;
    }

    private <T> CompletableFuture<T> done(Work<T> work) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return work.in();
                        } catch (StoreFailed | StoreRefused | IOException e) {
                            throw new CompletionException(e);
                        }
                    },
                    executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
