package io.demur.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.Degrees;
import io.demur.core.Problem;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.LinearJudge;
import io.demur.core.harm.Assessment;
import io.demur.encoder.OwnClassifier.Opening;
import io.demur.encoder.OwnClassifier.Settings;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/**
 * With models of a few hundred bytes: {@code two.onnx} gives as log-odds 0 and how many tokens it
 * saw less ten, {@code one.onnx} the latter alone, {@code other-inputs.onnx} takes something else.
 */
class OwnClassifierTest {

    @TempDir private Path folder = Path.of("");
    private Path tokenizer = Path.of("");

    @BeforeEach
    void copyFiles() throws IOException {
        for (String name : List.of("one.onnx", "two.onnx", "other-inputs.onnx", "words.json")) {
            try (InputStream in = OwnClassifierTest.class.getResourceAsStream(name)) {
                Files.write(folder.resolve(name), requireNonNull(in, name).readAllBytes());
            }
        }
        tokenizer = folder.resolve("words.json");
    }

    @Test
    void oneNumberIsALogOddAndOfSeveralEachIsWeighedAgainstTheOthers() {
        for (String model : List.of("one.onnx", "two.onnx")) {
            OwnClassifier classifier = opened(settings(model, OptionalInt.empty(), 1));
            // [CLS], three words, [SEP]: five tokens
            assertEquals(1 / (1 + Math.exp(5)), classifier.word("how to kill").p(), 1e-6, model);
            classifier.close();
        }
        OwnClassifier first = opened(settings("two.onnx", OptionalInt.of(0), 1));
        assertEquals(1 / (1 + Math.exp(-5)), first.word("how to kill").p(), 1e-6);
        OwnClassifier cooler = opened(settings("two.onnx", OptionalInt.of(1), 2));
        assertEquals(1 / (1 + Math.exp(2.5)), cooler.word("how to kill").p(), 1e-6);
    }

    @Test
    void longTextsAreJudgedInWindowsAndTheLongestAreKnownNotToBeReadWhole() {
        Settings settings =
                new Settings(
                        "own", folder.resolve("one.onnx"), tokenizer, OptionalInt.empty(), 1, 16);
        OwnClassifier classifier = opened(settings);
        OwnClassifier.Word word = classifier.word("kill ".repeat(100));
        assertEquals(1 / (1 + Math.exp(-6)), word.p(), 1e-6);
        assertTrue(word.whole());
        assertTrue(!classifier.word("kill ".repeat(1_000)).whole());
    }

    @Test
    void judgesRequests() {
        OwnClassifier classifier = opened(settings("two.onnx", OptionalInt.empty(), 1));
        Assessment.Judged judged =
                assertInstanceOf(
                        Assessment.Judged.class,
                        classifier.harm().assess(Request.of("how to kill ".repeat(5))));
        assertEquals(1 / (1 + Math.exp(-7)), judged.pHarm(), 1e-6);
        assertEquals("own", judged.judge().name());
        classifier.close();
        Assessment.Unjudged unjudged =
                assertInstanceOf(
                        Assessment.Unjudged.class, classifier.harm().assess(Request.of("how")));
        assertEquals(Assessment.Unjudged.Reason.DOWN, unjudged.reason());
    }

    @Test
    void judgesReplies() {
        OwnClassifier classifier = opened(settings("one.onnx", OptionalInt.empty(), 1));
        Verdict before = new Verdict.Complied(new Degrees(0.6, 0.1, 0.3), 0.1, List.of());
        Request asked = Request.of("how to kill");
        Verdict.Refused refused =
                assertInstanceOf(
                        Verdict.Refused.class,
                        classifier
                                .refusal(LinearJudge.shipped())
                                .judge(asked, Response.of("kill ".repeat(30)), before));
        assertEquals(1 / (1 + Math.exp(-22)), refused.degrees().refusal(), 1e-6);
        assertEquals(3, refused.degrees().full() / refused.degrees().partial(), 1e-6);
        assertInstanceOf(
                Verdict.Complied.class,
                classifier
                        .refusal(LinearJudge.shipped())
                        .judge(asked, Response.of("kill"), before));
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        check("file-missing", "no such file", settings("none.onnx", OptionalInt.empty(), 1));
        check(
                "classifier-model",
                "takes `words`",
                settings("other-inputs.onnx", OptionalInt.empty(), 1));
        check("classifier-model", "gives 2 numbers", settings("two.onnx", OptionalInt.of(2), 1));
        Files.writeString(tokenizer, "{}");
        check(
                "classifier-tokenizer",
                "tokenizer.json",
                settings("two.onnx", OptionalInt.empty(), 1));
        assertThrows(
                IllegalArgumentException.class, () -> settings("two.onnx", OptionalInt.empty(), 0));
    }

    @Test
    void damagedModelsAreProblemsAndNeverMore() throws IOException {
        Random random = new Random(7);
        byte[] good = Files.readAllBytes(folder.resolve("two.onnx"));
        Path damaged = folder.resolve("damaged.onnx");
        check(damaged, new byte[0]);
        check(damaged, "no model at all".getBytes(StandardCharsets.UTF_8));
        check(damaged, Arrays.copyOf(good, good.length / 2));
        for (int i = 0; i < 300; i++) {
            byte[] bytes = good.clone();
            for (int k = 0; k <= i % 4; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(damaged, bytes);
            if (OwnClassifier.open(settings("damaged.onnx", OptionalInt.empty(), 1))
                    instanceof Opening.Opened(OwnClassifier classifier)) {
                classifier.close();
            }
        }
    }

    private void check(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        String name = String.valueOf(file.getFileName());
        check("classifier-model", "no ONNX model", settings(name, OptionalInt.empty(), 1));
    }

    private static void check(String code, String part, Settings settings) {
        Problem problem =
                assertInstanceOf(Opening.Failed.class, OwnClassifier.open(settings)).problem();
        assertEquals(code, problem.code());
        assertTrue(problem.message().contains(part), problem.toString());
    }

    private Settings settings(String model, OptionalInt positive, double temperature) {
        return new Settings("own", folder.resolve(model), tokenizer, positive, temperature, 128);
    }

    private static OwnClassifier opened(Settings settings) {
        return assertInstanceOf(Opening.Opened.class, OwnClassifier.open(settings)).classifier();
    }
}
