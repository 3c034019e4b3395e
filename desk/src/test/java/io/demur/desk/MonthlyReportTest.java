package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.desk.MonthlyReport.Looks;
import io.demur.desk.MonthlyReport.Waiting;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Review;
import io.demur.record.json.Json;
import io.demur.store.HeldRequest;
import io.demur.store.LedgerRows.Window;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What stands beside the ledger of a month. */
class MonthlyReportTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private static Entry look(int nr, String at, String decision, String reason, boolean second) {
        return new Review(
                Instant.parse(at),
                "case_01a1fdfa-467b-7000-8000-%012d".formatted(nr),
                "att_01a1fdfa-467b-7000-8000-000000000001",
                "sub_rev",
                decision,
                reason,
                second);
    }

    @Test
    void aSecondLookAgreesWithTheFirstOfItsCase() {
        Window november = MonthlyReport.window(YearMonth.of(2026, 11));
        assertEquals(
                new Looks(5, 3, 1),
                Looks.of(
                        List.of(
                                look(1, "2026-10-31T23:00:00Z", "confirm", "real", false),
                                look(1, "2026-11-01T01:00:00Z", "confirm", "real", true),
                                look(2, "2026-11-02T01:00:00Z", "confirm", "real", false),
                                look(2, "2026-11-02T02:00:00Z", "overturn", "real", true),
                                look(3, "2026-11-02T02:00:00Z", "overturn", "practice/x", false),
                                look(3, "2026-11-03T02:00:00Z", "overturn", "real", true),
                                look(4, "2026-11-30T23:59:59Z", "release", "real", false),
                                look(5, "2026-12-01T00:00:00Z", "release", "real", false)),
                        november));
    }

    private static ReviewCase waits(Kind kind, Duration age, Duration due) {
        return ReviewCase.opened(
                "case_" + age,
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Json.Obj(new TreeMap<>()),
                NOW.minus(age),
                NOW.plus(due));
    }

    @Test
    void whatWaitsIsCountedByKindAndAHeldRequestOnce() {
        HeldRequest held =
                new HeldRequest(
                        "att_1",
                        "sub_1",
                        Optional.empty(),
                        "m",
                        "openai.chat",
                        "d",
                        List.of("r"),
                        Optional.empty(),
                        NOW.minus(Duration.ofHours(30)),
                        NOW.plus(Duration.ofDays(9)),
                        HeldRequest.State.WAITING,
                        Optional.empty(),
                        Optional.empty());
        assertEquals(
                List.of(
                        new Waiting(Kind.HOLD, 1, 1, Duration.ofHours(30)),
                        // a known case is one of the samples wherever it stands
                        new Waiting(Kind.SAMPLE, 2, 0, Duration.ofDays(2)),
                        new Waiting(Kind.APPEAL, 2, 1, Duration.ofDays(5))),
                Waiting.of(
                        List.of(
                                waits(Kind.HOLD, Duration.ofDays(1), Duration.ofDays(1)),
                                waits(Kind.SEEDED, Duration.ofDays(2), Duration.ofDays(1)),
                                waits(Kind.SAMPLE, Duration.ofDays(1), Duration.ofDays(1)),
                                waits(Kind.APPEAL, Duration.ofDays(5), Duration.ofDays(-2)),
                                waits(Kind.APPEAL, Duration.ofDays(1), Duration.ofDays(2))),
                        List.of(held),
                        Service.USUAL,
                        NOW));
    }
}
