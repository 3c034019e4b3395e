package io.demur.cli;

import io.demur.core.harm.Severity;
import io.demur.desk.CaseView;
import io.demur.desk.Choice;
import io.demur.desk.Incident;
import io.demur.desk.Queue;
import io.demur.gateway.casework.CaseWords;
import io.demur.log.note.Malformed;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.store.AccessBook;
import io.demur.store.HeldRequests;
import io.demur.store.ReviewCase;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code demur review} can be told to do with one case. */
final class ReviewTasks {

    private ReviewTasks() {}

    /** Work on a case, in somebody's name. */
    abstract static class Task extends AdminTask {

        private static final String ROW = "%-16s  %s";
        private static final List<String> TOLD =
                List.of("about", "attempt", "hazard", "id", "kind", "model", "model_class");

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        @Mixin private Who who = new Who();

        /** With tables that are up to the log: they say in which protocol something was asked. */
        @Override
        StoreSession open(Installation installation, String program)
                throws IOException, StoreFailed, Malformed {
            return StoreSession.open(installation, program);
        }

        final String reviewer(AccessBook book) throws StoreFailed {
            return who.known(book);
        }

        /** Shows a case, and its words to whoever is at work on it. */
        final void show(StoreSession session, ReviewCase it, String reviewer)
                throws StoreFailed, IOException {
            Instant now = Instant.now();
            TreeMap<String, Json> fields = new TreeMap<>(CaseView.of(it, now).fields());
            boolean theirs =
                    it.claim()
                            .filter(
                                    claim ->
                                            claim.until().isAfter(now)
                                                    && claim.reviewer().equals(reviewer))
                            .isPresent();
            Optional<CaseWords.Words> words =
                    theirs ? Optional.of(session.words().read(it, reviewer)) : Optional.empty();
            if (json) {
                words.ifPresent(
                        read -> {
                            read.asked().ifPresent(text -> put(fields, "asked", text.shown()));
                            read.answered()
                                    .ifPresent(text -> put(fields, "answered", text.shown()));
                            read.said().ifPresent(text -> put(fields, "says", text));
                        });
                say("%s", Canonical.text(new Json.Obj(fields)));
                return;
            }
            if (it.kind() == ReviewCase.Kind.INCIDENT) {
                IncidentsTasks.sequence(new Incident(it), Optional.empty())
                        .forEach(line -> say("%s", line));
                say("");
                // what the sequence says already
                TOLD.forEach(fields::remove);
            }
            fields.forEach(this::shown);
            if (words.isEmpty()) {
                if (Queue.Filter.WAITING.states().contains(it.state())) {
                    note("`demur review claim %s` shows its words", it.id());
                }
                return;
            }
            lines("asked", words.get().asked().map(CaseWords.Text::shown));
            lines("answered", words.get().answered().map(CaseWords.Text::shown));
            words.get().said().ifPresent(text -> lines("says", Optional.of(text)));
            note("`demur review decide %s %s` decides it", it.id(), choices(it.kind()));
        }

        private static String choices(ReviewCase.Kind kind) {
            return switch (kind) {
                case HOLD -> "release|refuse --reason CODE";
                case INCIDENT -> "confirm|overturn --acceptable yes|no --reason CODE";
                case SAMPLE, SEEDED, APPEAL, REPORT -> "confirm|overturn --reason CODE";
            };
        }

        private static void put(SortedMap<String, Json> fields, String name, String text) {
            fields.put(name, new Json.Str(text));
        }

        /** What belongs to a kind stands among the rest, and of a list each item in its line. */
        private void shown(String name, Json value) {
            switch (value) {
                case Json.Obj inner -> inner.fields().forEach(this::shown);
                case Json.Arr list -> list.items().forEach(item -> say(ROW, name, plain(item)));
                case Json.Str text -> say(ROW, name, text.text());
                case Json.Whole number -> say(ROW, name, plain(number));
                case Json.Bool truth -> say(ROW, name, plain(truth));
            }
        }

        private static String plain(Json value) {
            return switch (value) {
                case Json.Str text -> text.text();
                case Json.Obj inner ->
                        inner.fields().values().stream()
                                .map(Task::plain)
                                .collect(Collectors.joining(", "));
                case Json.Arr list -> Canonical.text(list);
                case Json.Whole number -> Canonical.text(number);
                case Json.Bool truth -> Canonical.text(truth);
            };
        }

        private void lines(String what, Optional<String> text) {
            say("");
            say("%s:", what);
            text.orElse("(nothing of it is kept, as the policy has it)")
                    .lines()
                    .forEach(line -> say("  %s", line));
        }

        final boolean isJson() {
            return json;
        }
    }

    @Command(
            name = "next",
            description = {
                "Takes the case that is due first of those that you may decide, and shows it.",
                "It is yours for half an hour; the log says who has read its words."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Next extends Task {
        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException {
            String reviewer = reviewer(book);
            Queue.Next next = session.queue().next(reviewer);
            if (next.spared() > 0) {
                note(
                        "passed over: %d of hazards of which you have seen %d cases within a day",
                        next.spared(), Queue.WEARING_MAX);
            }
            if (next.claimed().isEmpty()) {
                note("nothing waits that you may decide");
                return ExitCode.THRESHOLD_MISSED;
            }
            show(session, next.claimed().get(), reviewer);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "show",
            description =
                    "Shows one, and its words if it is yours; the log says who has read them.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Show extends Task {

        @Parameters(paramLabel = "ID", description = "Which case.")
        private String id = "";

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            show(session, session.queue().find(id), reviewer(book));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "claim",
            description = "Takes one for half an hour, and shows it.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Claim extends Task {

        @Parameters(paramLabel = "ID", description = "Which case.")
        private String id = "";

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            String reviewer = reviewer(book);
            show(session, session.queue().claim(id, reviewer), reviewer);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "release",
            description = "Lets others have one that you took.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Release extends AdminTask {

        @Parameters(paramLabel = "ID", description = "Which case.")
        private String id = "";

        @Mixin private Who who = new Who();

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, StoreRefused {
            ReviewCase free = session.queue().release(id, who.known(book));
            say("free %s", free.id());
            return ExitCode.OK;
        }
    }

    @Command(
            name = "decide",
            description = {
                "Decides one that you took.",
                "confirm: what was done was right; overturn: it was not. A held request is released"
                        + " or refused.",
                "Of an incident, confirm says that the refusal was catching something real."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Decide extends Task {

        /** A word of two. */
        enum Answer {
            YES,
            NO
        }

        @Parameters(index = "0", paramLabel = "ID", description = "Which case.")
        private String id = "";

        @Parameters(
                index = "1",
                paramLabel = "DECISION",
                description = "confirm, overturn, release or refuse.")
        private String decision = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "CODE",
                description = "Why, as a word for the log, such as `plain-fraud`.")
        private String reason = "";

        @Option(
                names = "--acceptable",
                paramLabel = "yes|no",
                description =
                        "Whether this organisation should do what was asked, even if it can; an"
                                + " incident wants it.")
        private @Nullable Answer acceptable;

        @Option(
                names = "--severity",
                paramLabel = "none|minor|serious|grave",
                description = "How bad that is which was found.")
        private @Nullable Severity severity;

        @Option(
                names = "--for",
                paramLabel = "LENGTH",
                converter = AdminKeys.Length.class,
                defaultValue = "1d",
                description =
                        "How long a release is good for, 30d at most (default: ${DEFAULT-VALUE}).")
        private @Nullable Duration valid;

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            ReviewCase decided =
                    session.queue()
                            .decide(
                                    id,
                                    Optional.empty(),
                                    reviewer(book),
                                    new Choice(
                                            decision,
                                            reason,
                                            Optional.ofNullable(acceptable)
                                                    .map(it -> it == Answer.YES),
                                            Optional.ofNullable(severity),
                                            valid == null ? HeldRequests.VALID : valid));
            boolean written = session.held().settle(session.log());
            if (!written) {
                note(
                        "the log does not have this yet: a gateway or the next command that has the"
                                + " log writes it there; a release holds from then on");
            }
            if (isJson()) {
                say("%s", Canonical.text(CaseView.of(decided, Instant.now())));
            } else {
                say(
                        "%s %s%s",
                        decided.state() == ReviewCase.State.SECOND
                                ? "another person looks again:"
                                : "decided",
                        id,
                        decision.equals("release")
                                ? ": asked again within %s, it is answered once"
                                        .formatted(said(valid))
                                : "");
            }
            return written ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
        }

        private static String said(@Nullable Duration valid) {
            Duration length = valid == null ? HeldRequests.VALID : valid;
            return SaidTime.at(Instant.now().plus(length).truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
