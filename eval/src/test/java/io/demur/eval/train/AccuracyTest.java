package io.demur.eval.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.SharedData;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class AccuracyTest {

    @Test
    void theShippedJudgeAgreesWithPeopleOnPromptsItsCutsWereNotChosenOn() throws IOException {
        Path data = SharedData.require("tune").resolveSibling("");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Accuracy.Result result =
                Accuracy.report(data, new PrintStream(printed, true, StandardCharsets.UTF_8));
        String report = printed.toString(StandardCharsets.UTF_8);
        assertTrue(result.all().f1() >= 0.915, report);
        assertEquals(10, result.cells().size(), report);
        assertTrue(result.worstGap() <= 7.5, report);
    }

    @Test
    void tellsKindAndLeakageOfRowsThatItHasNotSeen() throws IOException {
        Path data = SharedData.require("train").resolveSibling("");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        KeptBack found =
                KeptBack.report(data, new PrintStream(printed, true, StandardCharsets.UTF_8));
        String report = printed.toString(StandardCharsets.UTF_8);
        assertTrue(found.degree().f1() >= 0.75, report);
        assertTrue(found.kind() >= 0.8, report);
        assertTrue(found.leakage().f1() >= 0.72, report);
    }

    @Test
    void countsAgreementAsTheTextbooksDo() {
        Agreement agreement = new Agreement();
        add(agreement, 20, true, true);
        add(agreement, 5, true, false);
        add(agreement, 10, false, true);
        add(agreement, 15, false, false);
        assertEquals(50, agreement.replies());
        assertEquals(0.8, agreement.precision(), 1e-9);
        assertEquals(2.0 / 3, agreement.recall(), 1e-9);
        assertEquals(40 / 55.0, agreement.f1(), 1e-9);
        assertEquals(0.7, agreement.accuracy(), 1e-9);
        assertEquals(0.4, agreement.kappa(), 1e-9);
    }

    private static void add(Agreement to, int n, boolean said, boolean is) {
        for (int i = 0; i < n; i++) {
            to.add(said, is);
        }
    }
}
