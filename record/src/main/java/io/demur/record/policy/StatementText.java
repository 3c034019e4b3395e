package io.demur.record.policy;

import io.demur.core.JudgeId;
import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.log.note.Text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Statements as text, and what may stand in one. {@link StatementReader} goes the other way. */
final class StatementText {

    static final String POLICY = "demur-policy v1";
    static final String TRUST = "demur-trust v1";
    static final String ROLLBACK = "demur-rollback v1";
    static final String SEAL = "demur-seal v1";

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int LINE_MAX = 500;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private StatementText() {}

    static String of(Statement statement) {
        StringBuilder out = new StringBuilder();
        switch (statement) {
            case Statement.PolicyStatement it -> {
                line(out, POLICY);
                line(out, "serial " + it.serial());
                it.replaces().ifPresent(replaces -> line(out, "replaces " + replaces));
                it.expires().ifPresent(expires -> line(out, "expires " + expires));
                it.reason().ifPresent(reason -> line(out, "reason " + reason));
                line(out, "table " + it.table());
                it.judges().forEach(judge -> line(out, judge(judge)));
                new TreeMap<>(it.probes().done())
                        .forEach(
                                (id, done) ->
                                        line(
                                                out,
                                                "probe %s=%s"
                                                        .formatted(
                                                                id,
                                                                done.name()
                                                                        .toLowerCase(
                                                                                Locale.ROOT))));
                line(out, "document");
                out.append(it.document());
            }
            case Statement.TrustStatement it -> {
                line(out, TRUST);
                line(out, "serial " + it.serial());
                it.replaces().ifPresent(replaces -> line(out, "replaces " + replaces));
                it.reason().ifPresent(reason -> line(out, "reason " + reason));
                line(out, "document");
                out.append(it.document());
            }
            case Statement.RollbackStatement it -> {
                line(out, ROLLBACK);
                line(out, "serial " + it.serial());
                line(out, "from " + it.from());
                line(out, "to " + it.to());
                it.reason().ifPresent(reason -> line(out, "reason " + reason));
            }
            case Statement.SealStatement it -> {
                line(out, SEAL);
                line(out, "serial " + it.serial());
                line(out, "policy " + it.policy());
                line(out, "trust " + it.trust());
            }
        }
        return out.toString();
    }

    private static String judge(JudgeId judge) {
        return "judge %d %s %s".formatted(judge.version(), judge.sha256(), judge.name());
    }

    private static void line(StringBuilder out, String line) {
        out.append(line).append('\n');
    }

    static void serial(long serial) {
        if (serial < 1 || serial > Statement.SERIAL_MAX) {
            throw new IllegalArgumentException(
                    "serial `%d` is not between 1 and 2^53 - 1".formatted(serial));
        }
    }

    static void digest(String hex) {
        if (!DIGEST.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "`%s` is no digest: 64 hexadecimal digits in lower case"
                            .formatted(Text.shown(hex)));
        }
    }

    static void time(Instant time) {
        if (time.isBefore(Instant.EPOCH)
                || time.isAfter(LAST)
                || !time.truncatedTo(ChronoUnit.SECONDS).equals(time)) {
            throw new IllegalArgumentException(
                    "time `%s` is not in whole seconds between 1970 and 9999".formatted(time));
        }
    }

    /** One line that steers no terminal and turns no writing round. */
    static void line(String text) {
        boolean unseen =
                text.codePoints()
                        .anyMatch(
                                c ->
                                        switch (Character.getType(c)) {
                                            case Character.CONTROL,
                                                    Character.FORMAT,
                                                    Character.LINE_SEPARATOR,
                                                    Character.PARAGRAPH_SEPARATOR,
                                                    Character.SURROGATE ->
                                                    true;
                                            default -> false;
                                        });
        if (unseen || text.isEmpty() || !text.strip().equals(text) || text.length() > LINE_MAX) {
            throw new IllegalArgumentException(
                    "`%s` is not one line of 1 to %d characters that are seen"
                            .formatted(Text.shown(text), LINE_MAX));
        }
    }

    static void document(String text) {
        List<Problem> problems = problems("document", text);
        if (!problems.isEmpty()) {
            Problem first = problems.getFirst();
            throw new IllegalArgumentException(
                    "line %d of the document: %s".formatted(first.where().line(), first.message()));
        }
    }

    /** Why a document cannot be signed: each place, up to ten, and what to do about it. */
    static List<Problem> problems(String name, String text) {
        List<Problem> found = new ArrayList<>();
        if (text.isBlank()) {
            found.add(
                    PolicyProblem.DOCUMENT.at(
                            Where.file(name), "the document is empty", "write what it is to say"));
            return found;
        }
        long line = 1;
        long column = 1;
        for (int i = 0; i < text.length() && found.size() < 10; ) {
            int c = text.codePointAt(i);
            unsigned(new Where(name, line, column), c).ifPresent(found::add);
            i += Character.charCount(c);
            column++;
            if (c == '\n') {
                line++;
                column = 1;
            }
        }
        if (!text.endsWith("\n")) {
            found.add(
                    PolicyProblem.DOCUMENT.at(
                            Where.line(name, line),
                            "the last line does not end",
                            "end it with a newline"));
        }
        return found;
    }

    private static Optional<Problem> unsigned(Where where, int c) {
        if (c == '\t') {
            return Optional.of(
                    PolicyProblem.DOCUMENT.at(
                            where,
                            "a tab, which no signed note can hold",
                            "put spaces in the place of tabs"));
        }
        if (c == '\r') {
            return Optional.of(
                    PolicyProblem.DOCUMENT.at(
                            where,
                            "a carriage return, which no signed note can hold",
                            "save the document with line ends of one newline (LF)"));
        }
        boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        boolean unseen =
                (c != '\n' && Character.isISOControl(c))
                        || c == 0xFEFF
                        || Character.getType(c) == Character.SURROGATE;
        return turns || unseen
                ? Optional.of(
                        PolicyProblem.DOCUMENT.at(
                                where,
                                "the character U+%04X, which nobody sees".formatted(c),
                                "leave it out"))
                : Optional.empty();
    }
}
