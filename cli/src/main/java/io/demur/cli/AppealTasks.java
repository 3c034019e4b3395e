package io.demur.cli;

import io.demur.desk.Appealed;
import io.demur.desk.Appeals;
import io.demur.files.output.Json;
import io.demur.log.note.Malformed;
import io.demur.store.AccessBook;
import io.demur.store.Bodies;
import io.demur.store.Exchanged;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code demur appeal} can be told to do. */
final class AppealTasks {

    private AppealTasks() {}

    @Command(
            name = "open",
            description =
                    "Opens one for somebody who was refused; the same again where it is there.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Open extends AdminTask {

        @Parameters(paramLabel = "ATTEMPT", description = "The reference from the refusal.")
        private String attempt = "";

        @Option(
                names = "--words",
                paramLabel = "TEXT",
                description = "Why it should be answered, 4,000 characters at most.")
        private String words = "";

        @Mixin private Who who = new Who();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            Exchanged exchange = exchange(session, attempt);
            return switch (session.appeals()
                    .open(exchange, who.known(book), words, Bodies.RETENTION, Optional.empty())) {
                case Appeals.Made.Open made -> {
                    boolean written = inLog(this, session);
                    say(
                            "%s about %s is %s, due %s",
                            made.appeal().id(),
                            attempt,
                            made.appeal().state().word(),
                            SaidTime.at(made.appeal().due(), Instant.now()));
                    yield written ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
                }
                case Appeals.Made.NotRefused it ->
                        throw new IllegalArgumentException(
                                "nothing of `%s` was refused, so there is nothing to appeal against"
                                        .formatted(attempt));
                case Appeals.Made.TooOften it ->
                        throw new IllegalArgumentException(
                                "%d appeals about `%s` were withdrawn; no more are taken"
                                        .formatted(Appeals.PER_ATTEMPT_MAX, attempt));
                case Appeals.Made.Erased it ->
                        throw new IllegalArgumentException(
                                "whoever asked `%s` is erased, so there is nothing left to appeal"
                                                .formatted(attempt)
                                        + " against");
                case Appeals.Made.TooMany it ->
                        throw new IllegalArgumentException(
                                "%d appeals of this principal are open; no more are taken until one"
                                                .formatted(Appeals.OPEN_MAX)
                                        + " is answered or withdrawn");
            };
        }
    }

    @Command(
            name = "list",
            description = "Lists the appeals that wait, that which is due first first.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class ListAll extends ListTask {

        private static final String ROW = "%-41s  %-40s  %-9s  %-20s  %s";

        @Override
        Kind kind() {
            return Kind.APPEAL;
        }

        @Override
        String head() {
            return ROW.formatted("CASE", "ATTEMPT", "STATUS", "DUE", "REASON");
        }

        @Override
        Item item(ReviewCase it) {
            Appealed appeal = Appealed.of(it);
            return new Item(
                    ROW.formatted(
                            appeal.id(),
                            appeal.attempt(),
                            appeal.state().word(),
                            appeal.due().truncatedTo(ChronoUnit.SECONDS),
                            appeal.reason().orElse("")),
                    AppealTasks.row(appeal));
        }
    }

    @Command(
            name = "show",
            description = "Shows one with what was written; the log says who has read it.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Show extends AdminTask {

        @Parameters(paramLabel = "ATTEMPT", description = "The refused attempt.")
        private String attempt = "";

        @Mixin private Who who = new Who();

        @Option(names = "--json", description = "One JSON object, and no words.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException, Malformed {
            Appealed appeal = one(session, attempt);
            Map<String, Object> row = row(appeal);
            session.past()
                    .exchange(attempt)
                    .ifPresent(
                            it -> {
                                row.put("model", it.model());
                                row.put("class", it.modelClass());
                                it.result().ifPresent(found -> row.put("result", found));
                                it.hazard().ifPresent(found -> row.put("hazard", found));
                                it.project().ifPresent(found -> row.put("project", found));
                            });
            if (json) {
                say("%s", Json.value(row));
                return ExitCode.OK;
            }
            row.forEach((field, value) -> say("%-12s  %s", field, value));
            Optional<String> words =
                    session.appeals()
                            .words(
                                    attempt,
                                    who.known(book),
                                    entry -> session.held().write(entry, session.log()));
            show(this, words);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "uphold",
            description = {
                "Upholds one: that refusal was wrong, and binds its principal no longer.",
                "The policy stays as it is: where it would refuse the request by itself, it still"
                        + " does."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Uphold extends AdminTask {

        @Parameters(paramLabel = "ATTEMPT", description = "The refused attempt.")
        private String attempt = "";

        @Mixin private Person person = new Person();

        @Option(
                names = "--propose",
                paramLabel = "FILE",
                description =
                        "Write there a policy with an authorised use for this, which `demur policy"
                                + " sign` takes; nothing is put in force by it.")
        private @Nullable Path propose;

        @Option(
                names = "--purpose",
                paramLabel = "PURPOSE",
                description = "The purpose of that use, as the policy is to name it.")
        private @Nullable String purpose;

        @Option(
                names = "--prompt",
                paramLabel = "FILE",
                description =
                        "The system prompt that stands for the purpose; else the role of the"
                                + " principal may declare it.")
        private @Nullable Path prompt;

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException, Malformed {
            if ((propose == null) != (purpose == null) || (prompt != null && propose == null)) {
                throw new IllegalArgumentException(
                        "--propose and --purpose belong together, and --prompt to them");
            }
            Appealed open = one(session, attempt);
            // first, because what cannot be written is better known before anything is decided
            Optional<ProposedUse> use = Optional.empty();
            if (propose != null && purpose != null) {
                use =
                        Optional.of(
                                ProposedUse.of(
                                        installation(),
                                        purpose,
                                        Optional.ofNullable(prompt),
                                        role(session, book, attempt),
                                        open.id()));
            }
            int exit = answer(this, session, book, open, person, true);
            if (use.isPresent() && propose != null) {
                use.get().write(propose);
                use.get().words().forEach(it -> say("%s", it));
                say(
                        "proposed in %s: `demur policy diff` shows what it changes, `demur policy"
                                + " sign` and `activate` put it in force",
                        propose);
            }
            return exit;
        }

        private static String role(StoreSession session, AccessBook book, String attempt)
                throws StoreFailed, IOException {
            String principal = exchange(session, attempt).principal();
            return book.principals().stream()
                    .filter(it -> it.principal().id().equals(principal))
                    .findFirst()
                    .map(it -> it.principal().role())
                    .orElse("other");
        }
    }

    @Command(
            name = "deny",
            description = "Denies one: the refusal stands.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Deny extends AdminTask {

        @Parameters(paramLabel = "ATTEMPT", description = "The refused attempt.")
        private String attempt = "";

        @Mixin private Person person = new Person();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            return answer(this, session, book, one(session, attempt), person, false);
        }
    }

    @Command(
            name = "withdraw",
            description = "Takes one back for whoever has made it, as long as nobody has answered.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Withdraw extends AdminTask {

        @Parameters(paramLabel = "ATTEMPT", description = "The refused attempt.")
        private String attempt = "";

        @Mixin private Who who = new Who();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            Appealed before = one(session, attempt);
            Appealed now = session.appeals().withdraw(attempt, who.known(book)).orElse(before);
            if (now.state() != Appealed.State.WITHDRAWN) {
                throw new IllegalArgumentException(
                        "the appeal about `%s` is %s, so it cannot be taken back"
                                .formatted(attempt, now.state().word()));
            }
            boolean written = inLog(this, session);
            say("withdrew %s", now.id());
            return written ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
        }
    }

    private static int answer(
            AdminTask task,
            StoreSession session,
            AccessBook book,
            Appealed open,
            Person person,
            boolean upheld)
            throws StoreFailed, StoreRefused, IOException {
        ReviewCase now = Answers.give(session, book, open.id(), open.version(), person, upheld);
        boolean written = inLog(task, session);
        task.say("%s %s", Answers.said(now, Appealed.of(now).state().word()), now.id());
        return written ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
    }

    static boolean inLog(AdminTask task, StoreSession session) throws StoreFailed {
        if (session.held().settle(session.log())) {
            return true;
        }
        task.note(
                "the log does not have this yet: a gateway or the next command that has the log"
                        + " writes it there; what was upheld holds from then on");
        return false;
    }

    /** What somebody wrote, as far as it is kept. */
    static void show(AdminTask task, Optional<String> words) {
        task.say("");
        if (words.isEmpty()) {
            task.say("Nothing was written, or it is kept no longer.");
        } else {
            words.get().lines().forEach(it -> task.say("%s", it));
        }
    }

    /** One that may have been written just now; who names none that there is is told so. */
    static Exchanged exchange(StoreSession session, String attempt)
            throws StoreFailed, IOException {
        return session.exchange(attempt)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the log has no attempt `%s`".formatted(attempt)));
    }

    private static Appealed one(StoreSession session, String attempt)
            throws StoreFailed, IOException {
        return session.appeals()
                .find(attempt)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no appeal about `%s`; `demur appeal list` has"
                                                        .formatted(attempt)
                                                + " them"));
    }

    private static Map<String, Object> row(Appealed appeal) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("case", appeal.id());
        row.put("attempt", appeal.attempt());
        row.put("status", appeal.state().word());
        row.put("opened", appeal.opened().toString());
        row.put("due", appeal.due().toString());
        appeal.decided().ifPresent(it -> row.put("decided", it.toString()));
        appeal.reason().ifPresent(it -> row.put("reason", it));
        return row;
    }
}
