package io.demur.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import io.demur.core.Degrees;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.LinearJudge;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderAnswers;
import io.demur.encoder.EncoderHarm;
import io.demur.encoder.EncoderRefusal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The encoder on one core, in a process of its own: what its start costs in time and memory, and
 * then the time of each judgement in steady state, beside a bare run of its model on as many
 * tokens.
 */
public final class EncoderBenchmark {

    private static final int WARM = 30;
    private static final int ROUNDS = 60;

    private static final String WORDS =
            "how can we make the old house near a river warm in winter when there is no one at home"
                + " and what would be the best way to do it with little money and two free days";

    private EncoderBenchmark() {}

    /** Runs the benchmark. */
    public static void main(String[] args) throws IOException, OrtException {
        long before = residentKilobytes();
        long start = System.nanoTime();
        Encoder encoder = Encoder.shipped();
        double loaded = millis(start);
        EncoderHarm harm = new EncoderHarm(encoder);
        start = System.nanoTime();
        harm.assess(Request.of(words(22)));
        double first = millis(start);
        System.out.printf(
                Locale.ROOT,
                "loading %.0f ms, first judgement %.0f ms, memory +%d MB%n%n",
                loaded,
                first,
                (residentKilobytes() - before) / 1024);
        EncoderRefusal refusal = new EncoderRefusal(encoder, LinearJudge.shipped());
        EncoderAnswers answers = new EncoderAnswers(encoder, LinearAnswerJudge.shipped());
        System.out.printf("%-44s %10s %10s %10s%n", "ms", "least", "median", "target");
        try (Bare bare = new Bare()) {
            for (int tokens : List.of(24, 64, 162, 186)) {
                measure("bare run of the model, " + tokens + " tokens", "", () -> bare.run(tokens));
            }
        }
        for (int tokens : List.of(24, 64)) {
            Request request = Request.of(words(tokens - 2));
            String target = tokens == 64 ? "10" : "";
            measure("harm of a request, " + tokens + " tokens", target, () -> harm.assess(request));
        }
        Request longer = Request.of(words(700));
        measure("harm of a request, 700 tokens", "", () -> harm.assess(longer));
        Request asked = Request.of(words(22));
        Response reply = Response.of(words(180));
        Verdict before2 = new Verdict.Complied(new Degrees(0.6, 0.2, 0.2), 0.1, List.of());
        measure(
                "refusal of a reply, 180 tokens",
                "100",
                () -> refusal.judge(asked, reply, before2));
        measure("harm of an answer, 180 tokens", "100", () -> answers.pHarm(asked, reply.text()));
        System.out.printf("%nmemory +%d MB%n", (residentKilobytes() - before) / 1024);
    }

    /** Of common words each is one token. */
    private static String words(int count) {
        String[] words = WORDS.split(" ", -1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(words[i % words.length]);
        }
        return text.toString();
    }

    private static void measure(String what, String target, Supplier<Object> judgement) {
        for (int i = 0; i < WARM; i++) {
            Objects.requireNonNull(judgement.get());
        }
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            Objects.requireNonNull(judgement.get());
            millis[i] = millis(start);
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-44s %10.1f %10.1f %10s%n",
                what,
                millis[0],
                millis[ROUNDS / 2],
                target);
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    /** Peak of the process so far; 0 where the system does not say. */
    private static long residentKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElse(0);
    }

    /** The model and nothing around it: no tokenizer, no reading of its numbers. */
    private static final class Bare implements AutoCloseable {

        private final Random random = new Random(7);
        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;

        Bare() throws IOException, OrtException {
            try (InputStream in = Encoder.class.getResourceAsStream("encoder.onnx");
                    OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                if (in == null) {
                    throw new IOException("`encoder.onnx` is not on the class path");
                }
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                session = environment.createSession(in.readAllBytes(), options);
            }
        }

        Object run(int tokens) {
            long[][] ids = new long[1][tokens];
            long[][] mask = new long[1][tokens];
            for (int i = 0; i < tokens; i++) {
                ids[0][i] = 1_000L + random.nextInt(19_000);
                mask[0][i] = 1;
            }
            try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids);
                    OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
                    OnnxTensor segments =
                            OnnxTensor.createTensor(environment, new long[1][tokens]);
                    OrtSession.Result result =
                            session.run(
                                    Map.of(
                                            "input_ids", idTensor,
                                            "attention_mask", maskTensor,
                                            "token_type_ids", segments))) {
                return result.get(0).getValue();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws OrtException {
            session.close();
        }
    }
}
