package io.demur.record.policy;

import io.demur.core.JudgeId;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.probe.ProbeRun;
import io.demur.log.note.Malformed;
import io.demur.log.note.Text;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a statement line by line. What it makes of a text gives that text again, to the byte: every
 * other spelling is refused.
 */
final class StatementReader {

    private final String text;
    private int at;
    private int line;

    StatementReader(String text) {
        this.text = text;
    }

    Statement statement() throws Malformed {
        Statement read;
        try {
            read = any();
        } catch (IllegalArgumentException e) {
            throw new Malformed(String.valueOf(e.getMessage()));
        }
        if (!read.text().equals(text)) {
            throw new Malformed("the statement is not written in its one form");
        }
        return read;
    }

    private Statement any() throws Malformed {
        String kind = next();
        return switch (kind) {
            case StatementText.POLICY -> policy();
            case StatementText.TRUST ->
                    new Statement.TrustStatement(
                            serial(), maybe("replaces"), maybe("reason"), document());
            case StatementText.ROLLBACK ->
                    ended(
                            new Statement.RollbackStatement(
                                    serial(), field("from"), field("to"), maybe("reason")));
            case StatementText.SEAL ->
                    ended(new Statement.SealStatement(serial(), field("policy"), field("trust")));
            default ->
                    throw wrong(
                            "`%s` is no kind of statement that is known here"
                                    .formatted(Text.shown(kind)));
        };
    }

    private Statement policy() throws Malformed {
        long serial = serial();
        Optional<String> replaces = maybe("replaces");
        Optional<String> expires = maybe("expires");
        Optional<Instant> until =
                expires.isEmpty() ? Optional.empty() : Optional.of(time(expires.get()));
        Optional<String> reason = maybe("reason");
        String table = field("table");
        List<JudgeId> judges = new ArrayList<>();
        for (Optional<String> judge = maybe("judge"); judge.isPresent(); judge = maybe("judge")) {
            judges.add(judge(judge.get()));
        }
        Map<String, Strength> probes = new LinkedHashMap<>();
        for (Optional<String> probe = maybe("probe"); probe.isPresent(); probe = maybe("probe")) {
            int sign = probe.get().lastIndexOf('=');
            if (sign < 0) {
                throw wrong("a probe is `id=decision`");
            }
            String id = probe.get().substring(0, sign);
            if (probes.put(id, strength(probe.get().substring(sign + 1))) != null) {
                throw wrong("the probe `%s` stands there twice".formatted(id));
            }
        }
        return new Statement.PolicyStatement(
                serial, replaces, until, reason, table, judges, new ProbeRun(probes), document());
    }

    private JudgeId judge(String value) throws Malformed {
        String[] parts = value.split(" ", 3);
        if (parts.length != 3) {
            throw wrong("a judge is `version digest name`");
        }
        long version = Text.decimal(parts[0]);
        if (version > Integer.MAX_VALUE) {
            throw wrong("`%s` is no version of a judge".formatted(parts[0]));
        }
        return new JudgeId(parts[2], (int) version, parts[1]);
    }

    private Strength strength(String word) throws Malformed {
        for (Strength strength : Strength.values()) {
            if (strength.name().toLowerCase(Locale.ROOT).equals(word)) {
                return strength;
            }
        }
        throw wrong("`%s` is no decision".formatted(Text.shown(word)));
    }

    private Instant time(String value) throws Malformed {
        try {
            Instant time = Instant.parse(value);
            if (time.toString().equals(value)) {
                return time;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw wrong("`%s` is no time such as 2026-11-21T12:00:00Z".formatted(value));
    }

    private long serial() throws Malformed {
        String serial = field("serial");
        try {
            return Text.decimal(serial);
        } catch (Malformed e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private String field(String key) throws Malformed {
        return maybe(key).orElseThrow(() -> wrong("`%s` should stand after it".formatted(key)));
    }

    /** The value of the next line, where that has this key. */
    private Optional<String> maybe(String key) throws Malformed {
        return text.startsWith(key + " ", at)
                ? Optional.of(next().substring(key.length() + 1))
                : Optional.empty();
    }

    private String document() throws Malformed {
        String marker = "document\n";
        if (!text.startsWith(marker, at)) {
            throw unexpected("`document`");
        }
        return text.substring(at + marker.length());
    }

    private <S extends Statement> S ended(S statement) throws Malformed {
        if (at < text.length()) {
            throw unexpected("the end");
        }
        return statement;
    }

    private Malformed unexpected(String expected) throws Malformed {
        if (at >= text.length()) {
            return wrong("%s should stand after it".formatted(expected));
        }
        String found = next();
        return wrong("`%s` stands where %s should".formatted(Text.shown(found), expected));
    }

    private String next() throws Malformed {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            throw wrong("the next line is missing, or does not end in a newline");
        }
        String found = text.substring(at, end);
        at = end + 1;
        line++;
        return found;
    }

    private Malformed wrong(String what) {
        return new Malformed("line %d: %s".formatted(line, what));
    }
}
