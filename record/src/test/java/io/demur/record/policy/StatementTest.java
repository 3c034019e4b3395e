package io.demur.record.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.JudgeId;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.probe.ProbeRun;
import io.demur.log.note.Malformed;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.RollbackStatement;
import io.demur.record.policy.Statement.SealStatement;
import io.demur.record.policy.Statement.TrustStatement;
import io.demur.testkit.Gen;
import io.demur.testkit.Golden;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements and their bytes, for ever. */
class StatementTest {

    private static final String A = "a".repeat(64);
    private static final String B = "0123456789abcdef".repeat(4);

    private static final Optional<String> EMPTY = Optional.empty();
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private static final PolicyStatement POLICY =
            new PolicyStatement(
                    7,
                    Optional.of(A),
                    Optional.of(Instant.parse("2026-12-21T12:00:00Z")),
                    Optional.of("appeals: too many look-alikes were refused"),
                    B,
                    List.of(new JudgeId("harm + guard", 2, B)),
                    new ProbeRun(Map.of("privacy-clear-2", Strength.REFUSE, "a=b", Strength.ALLOW)),
                    """
                    # ours
                    policy: 1

                    posture: 5
                    """);

    @Test
    void everyKindHasItsBytesForEver() throws Exception {
        Map<String, Statement> all = new LinkedHashMap<>();
        all.put("policy", POLICY);
        all.put("trust", new TrustStatement(1, Optional.empty(), Optional.empty(), "a: 1\n"));
        all.put("rollback", new RollbackStatement(8, B, A, Optional.of("all was refused")));
        all.put("seal", new SealStatement(Statement.SERIAL_MAX, A, B));
        for (Map.Entry<String, Statement> each : all.entrySet()) {
            String text = each.getValue().text();
            Golden.check(
                    "record/src/test/resources/policy/%s-1.txt".formatted(each.getKey()), text);
            assertEquals(each.getValue(), Statement.parse(text));
            assertEquals(each.getValue().digest(), Digests.hex(text));
        }
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        Property.check(
                300,
                gen -> {
                    Statement statement = any(gen);
                    assertEquals(statement, Statement.parse(statement.text()));
                });
    }

    @Test
    void whatIsNotInTheOneFormIsRefused() {
        Property.check(
                2_000,
                gen -> {
                    byte[] damaged = gen.damaged(any(gen).text().getBytes(StandardCharsets.UTF_8));
                    String text = new String(damaged, StandardCharsets.UTF_8);
                    try {
                        assertEquals(text, Statement.parse(text).text());
                    } catch (Malformed expected) {
                        // and nothing else is thrown
                    }
                });
    }

    private static Statement any(Gen gen) {
        long serial = gen.oneIn(9) ? Statement.SERIAL_MAX : gen.between(1, 1_000_000);
        Optional<String> reason =
                gen.oneIn(2)
                        ? Optional.empty()
                        : Optional.of(gen.oneOf(List.of("é 模", "=", "a b")));
        String document = "x" + gen.text(9).replaceAll("[^\\p{L}\\p{M} \\n=]", "") + "\n\n";
        return switch (gen.between(0, 3)) {
            case 0 -> {
                Map<String, Strength> probes = new LinkedHashMap<>();
                for (int i = gen.between(0, 5); i > 0; i--) {
                    probes.put("p=" + gen.between(1, 99), gen.oneOf(List.of(Strength.values())));
                }
                List<JudgeId> judges = new ArrayList<>();
                for (int i = gen.between(0, 3); i > 0; i--) {
                    judges.add(new JudgeId("a b " + i, gen.between(0, 9), B));
                }
                yield new PolicyStatement(
                        serial,
                        gen.oneIn(2) ? Optional.empty() : Optional.of(A),
                        gen.oneIn(2)
                                ? Optional.empty()
                                : Optional.of(Instant.ofEpochSecond(gen.between(0, 2_000_000_000))),
                        reason,
                        B,
                        judges,
                        new ProbeRun(probes),
                        document);
            }
            case 1 ->
                    new TrustStatement(
                            serial,
                            gen.oneIn(2) ? Optional.empty() : Optional.of(A),
                            reason,
                            document);
            case 2 -> new RollbackStatement(serial, A, B, reason);
            default -> new SealStatement(serial, A, B);
        };
    }

    @Test
    void theMessageSaysWhatIsWrongAndWhere() {
        String text = POLICY.text();
        refused("", "line 0: the next line is missing, or does not end in a newline");
        refused(
                "demur.invalid/log\n5\nabc\n",
                "line 1: `demur.invalid/log` is no kind of statement"
                        .concat(" that is known here"));
        refused(
                text.replace("policy v1", "policy v2"),
                "line 1: `demur-policy v2` is no kind of statement that is known here");
        refused(
                text.replace("serial 7", "serial 07"),
                "line 2: `07` is not a number from 0 to 2^63 - 1");
        refused(text.replace("serial 7", "serial 0"), "serial `0` is not between 1 and 2^53 - 1");
        refused(text.replace("serial 7\n", ""), "line 1: `serial` should stand after it");
        refused(text.replace("table", "tables"), "line 5: `table` should stand after it");
        refused(
                text.replace("probe a=b=allow\n", "probe a=b=allow\nprobe a=b=allow\n"),
                "line 9: the probe `a=b` stands there twice");
        refused(
                text.replace(
                        "probe a=b=allow\nprobe privacy-clear-2=refuse\n",
                        "probe privacy-clear-2=refuse\nprobe a=b=allow\n"),
                "the statement is not written in its one form");
        refused(text.replace("=refuse", "=maybe"), "line 9: `maybe` is no decision");
        refused(
                text.replace("document\n", "note x\ndocument\n"),
                "line 10: `note x` stands where `document` should");
        refused(
                text.replace("12:00:00Z", "12:00:00.5Z"),
                "line 4: `2026-12-21T12:00:00.5Z` is no time such as 2026-11-21T12:00:00Z");
        refused("\n", "line 1: `` is no kind of statement that is known here");
        refused(
                text.substring(0, text.indexOf("document")),
                "line 9: `document` should stand after it");
        refused(text.replace(" harm + guard", ""), "line 7: a judge is `version digest name`");
        refused(
                text.replace("judge 2 ", "judge 2147483648 "),
                "line 7: `2147483648` is no version of a judge");
        refused(text.replace("probe a=b=allow", "probe allow"), "line 8: a probe is `id=decision`");
        refused(
                text.replace("probe a=b=allow", "probe =allow"),
                "`` is not one line of 1 to 500 characters that are seen");
        refused(
                new SealStatement(1, A, B).text() + "more\n",
                "line 5: `more` stands where the end should");
    }

    private static void refused(String text, String message) {
        Malformed malformed = assertThrows(Malformed.class, () -> Statement.parse(text), message);
        assertEquals(message, malformed.getMessage());
    }

    @Test
    void whatMayBeAbsentMayBeAbsentAndWhatMayBeThereIsRead() throws Exception {
        for (Statement statement :
                List.of(
                        POLICY,
                        policy(1, Optional.empty(), Optional.empty(), Optional.empty()),
                        policy(1, Optional.of(A), Optional.of(LAST), Optional.of("x".repeat(500))),
                        policy(1, Optional.empty(), Optional.of(Instant.EPOCH), Optional.empty()),
                        new TrustStatement(1, Optional.empty(), Optional.empty(), "a\n"),
                        new TrustStatement(1, Optional.of(A), Optional.of("why"), "a\n"),
                        new RollbackStatement(1, A, B, Optional.empty()),
                        new RollbackStatement(1, A, B, Optional.of("why")))) {
            assertEquals(statement, Statement.parse(statement.text()));
        }
        JudgeId last = new JudgeId("j", Integer.MAX_VALUE, B);
        PolicyStatement judged = policy(1, B, List.of(last), "p", "a\n");
        assertEquals(judged, Statement.parse(judged.text()));
    }

    @Test
    void noStatementIsMadeThatCouldNotBeReadAgain() {
        for (long serial : new long[] {0, Statement.SERIAL_MAX + 1}) {
            String wrong = "serial `%d` is not between 1 and 2^53 - 1".formatted(serial);
            broken(wrong, () -> policy(serial, EMPTY, Optional.empty(), EMPTY));
            broken(wrong, () -> new TrustStatement(serial, EMPTY, EMPTY, "a\n"));
            broken(wrong, () -> new RollbackStatement(serial, A, B, EMPTY));
            broken(wrong, () -> new SealStatement(serial, A, B));
        }
        Optional<String> digest = Optional.of("ABC");
        String hex = "`ABC` is no digest: 64 hexadecimal digits in lower case";
        broken(hex, () -> policy(1, digest, Optional.empty(), EMPTY));
        broken(hex, () -> policy(1, "ABC", List.of(), "p", "a\n"));
        broken(hex, () -> new TrustStatement(1, digest, EMPTY, "a\n"));
        broken(hex, () -> new RollbackStatement(1, "ABC", B, EMPTY));
        broken(hex, () -> new RollbackStatement(1, A, "ABC", EMPTY));
        broken(hex, () -> new SealStatement(1, "ABC", B));
        broken(hex, () -> new SealStatement(1, A, "ABC"));
        for (Instant time :
                List.of(Instant.EPOCH.minusSeconds(1), LAST.plusSeconds(1), LAST.minusNanos(1))) {
            broken(
                    "time `%s` is not in whole seconds between 1970 and 9999".formatted(time),
                    () -> policy(1, EMPTY, Optional.of(time), EMPTY));
        }
        for (String bad : List.of("", " x", "x ", "a\nb", "a\u202Eb", "a\u2028b", "\uD800")) {
            unseen(bad, () -> policy(1, EMPTY, Optional.empty(), Optional.of(bad)));
            unseen(bad, () -> policy(1, B, List.of(new JudgeId(bad, 1, B)), "p", "a\n"));
            unseen(bad, () -> policy(1, B, List.of(), bad, "a\n"));
            unseen(bad, () -> new TrustStatement(1, EMPTY, Optional.of(bad), "a\n"));
            unseen(bad, () -> new RollbackStatement(1, A, B, Optional.of(bad)));
        }
        String tooLong = "x".repeat(501);
        unseen("x".repeat(80) + "…", () -> policy(1, B, List.of(), tooLong, "a\n"));
        broken(
                "line 1 of the document: the last line does not end",
                () -> policy(1, B, List.of(), "p", "a"));
        broken(
                "line 0 of the document: the document is empty",
                () -> new TrustStatement(1, EMPTY, EMPTY, " \n"));
    }

    private static PolicyStatement policy(
            long serial,
            Optional<String> replaces,
            Optional<Instant> expires,
            Optional<String> reason) {
        return new PolicyStatement(
                serial, replaces, expires, reason, B, List.of(), new ProbeRun(Map.of()), "a\n");
    }

    private static PolicyStatement policy(
            long serial, String table, List<JudgeId> judges, String probe, String document) {
        return new PolicyStatement(
                serial,
                EMPTY,
                Optional.empty(),
                EMPTY,
                table,
                judges,
                new ProbeRun(Map.of(probe, Strength.HOLD)),
                document);
    }

    private static void unseen(String shown, Executable construct) {
        broken(
                "`%s` is not one line of 1 to 500 characters that are seen".formatted(shown),
                construct);
    }

    private static void broken(String message, Executable construct) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construct, message).getMessage());
    }

    @Test
    void onlyTenPlacesOfADocumentAreNamed() {
        assertEquals(10, StatementText.problems("p", "x" + "\t".repeat(12) + "\n").size());
        assertEquals(9, StatementText.problems("p", "x" + "\t".repeat(9) + "\n").size());
        assertEquals(1, StatementText.problems("p", " \n").size());
    }

    @Test
    void whatTurnsWritingRoundIsFoundAndWhatStandsBesideItIsNot() {
        for (int c : new int[] {0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF, 0x7F, 0xD800, 0}) {
            assertEquals(1, StatementText.problems("p", "a" + at(c) + "\n").size(), at(c));
        }
        for (int c : new int[] {0x2029, 0x202F, 0x2065, 0x206A, 0xFEFE, 0x1F600, 0x7E}) {
            assertEquals(List.of(), StatementText.problems("p", "a" + at(c) + "\n"), at(c));
        }
    }

    private static String at(int codePoint) {
        return Character.toString(codePoint);
    }

    @Test
    void whatNoNoteCanHoldIsNamedWithItsPlaceAndAWayOut() {
        StringBuilder said = new StringBuilder();
        StatementText.problems("policy.yaml", "a: 1\n\tb: 2\r\n# \u202E\u0000 \uFEFF é\nend")
                .forEach(it -> said.append(it).append('\n'));
        Golden.check("record/src/test/resources/policy/unsignable.txt", said.toString());
    }
}
