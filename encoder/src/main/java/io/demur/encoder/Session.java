package io.demur.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model in the runtime: token ids of one text in, one row of numbers out.
 *
 * <p>Texts are never judged together in one run. The int8 model scales its activations over the
 * whole run, so that a text's numbers would depend on the texts beside it (by a tenth of a log-odd
 * and more), and on one core running several at once is no faster.
 *
 * <p>One thread, the caller's. Memory is taken anew for each run and given back, rather than kept
 * in an arena which grows with the longest text ever seen; measured, that costs nothing.
 *
 * <p>Thread-safe, except that {@link #close} must not run while another thread is within {@link
 * #row}.
 */
final class Session implements AutoCloseable {

    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String SEGMENTS = "token_type_ids";
    static final Set<String> INPUTS = Set.of(IDS, MASK, SEGMENTS);

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Set<String> inputs;
    private final String output;

    /**
     * Loads a model.
     *
     * @param model the content of an ONNX file
     * @throws OrtException if it is damaged, or the runtime does not know its operators
     */
    Session(byte[] model) throws OrtException {
        Natives.load();
        environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            session = environment.createSession(model, options);
        }
        inputs = Set.copyOf(session.getInputNames());
        output = session.getOutputNames().iterator().next();
    }

    Set<String> inputs() {
        return inputs;
    }

    /**
     * The model's numbers for one text.
     *
     * @throws IllegalStateException if the runtime fails, or gives something else than numbers
     */
    float[] row(Ids ids) {
        Map<String, OnnxTensor> feed = new HashMap<>();
        try {
            fill(feed, ids);
            try (OrtSession.Result result = session.run(feed, Set.of(output))) {
                if (result.get(0).getValue() instanceof float[][] rows && rows.length == 1) {
                    return rows[0];
                }
                throw new IllegalStateException(
                        "the model's first output is no row of numbers for a text");
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the model failed: " + e.getMessage(), e);
        } finally {
            feed.values().forEach(OnnxTensor::close);
        }
    }

    /**
     * The means over a text's tokens of some of the model's states.
     *
     * @param states names of outputs of the form {@code [1, tokens, n]}
     * @throws IllegalStateException if the runtime fails, or the model does not have them
     */
    List<double[]> means(Ids ids, List<String> states) {
        Map<String, OnnxTensor> feed = new HashMap<>();
        try {
            fill(feed, ids);
            List<double[]> means = new ArrayList<>();
            try (OrtSession.Result result = session.run(feed, Set.copyOf(states))) {
                for (String state : states) {
                    if (result.get(state).orElseThrow().getValue() instanceof float[][][] rows) {
                        means.add(mean(rows[0]));
                    }
                }
            }
            return means;
        } catch (OrtException e) {
            throw new IllegalStateException("the model failed: " + e.getMessage(), e);
        } finally {
            feed.values().forEach(OnnxTensor::close);
        }
    }

    private static double[] mean(float[][] rows) {
        double[] mean = new double[rows[0].length];
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    private void fill(Map<String, OnnxTensor> feed, Ids ids) throws OrtException {
        long[] tokens = ids.tokens();
        long[] mask = new long[tokens.length];
        Arrays.fill(mask, 1);
        put(feed, IDS, tokens);
        put(feed, MASK, mask);
        put(feed, SEGMENTS, ids.segments());
    }

    private void put(Map<String, OnnxTensor> feed, String input, long[] values)
            throws OrtException {
        if (inputs.contains(input)) {
            feed.put(input, OnnxTensor.createTensor(environment, new long[][] {values}));
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the model cannot be closed", e);
        }
    }
}
