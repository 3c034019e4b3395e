package io.demur.eval.train;

import io.demur.core.Act;
import io.demur.core.Degree;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.detect.linear.PromptWords;
import io.demur.core.detect.linear.Reading;

import java.util.Arrays;
import java.util.Set;

/**
 * An example as training looks at it: features of each sentence, and what the written patterns and
 * the label of the whole imply for each sentence's acts.
 */
@SuppressWarnings("EnumOrdinal") // the order of the constants is that of columns in the weights
final class Prepared {

    static final int ACTS = Act.values().length;

    final Example example;

    final int sentences;

    /** Features of all sentences; {@code from[i]..from[i + 1]} are those of sentence {@code i}. */
    final int[] features;

    final int[] from;
    final float[] measures;

    /** Target of each act of each sentence: 0 to 1, or NaN where nothing is known. */
    final float[] acts;

    /** How far each target is trusted. */
    final float[] trust;

    Prepared(Example example, Request request) {
        this.example = example;
        Reading reading = Reading.of(example.response(), PromptWords.of(request));
        sentences = reading.count();
        from = new int[sentences + 1];
        for (int i = 0; i <= sentences; i++) {
            from[i] = reading.from(i);
        }
        features = Arrays.copyOf(reading.features(), from[sentences]);
        measures = reading.measures();
        acts = new float[sentences * ACTS];
        trust = new float[sentences * ACTS];
        for (int i = 0; i < sentences; i++) {
            int s = reading.pick(i);
            String plain =
                    SeedGrammar.plain(
                            example.response()
                                    .substring(
                                            reading.sentences().start(s),
                                            reading.sentences().end(s)));
            seed(plain, i);
        }
        premise();
    }

    /** What a reply of the form PREMISE does, it does in its first sentence or two. */
    private void premise() {
        Set<Refusal.Form> forms = example.forms().orElse(Set.of());
        if (forms.contains(Refusal.Form.PREMISE)) {
            for (int i = 0; i < sentences; i++) {
                int at = i * ACTS + Act.CONTRADICTS.ordinal();
                boolean known = acts[at] > 0 || i == 0;
                acts[at] = known ? 1 : 0;
                trust[at] = known ? 3 : 0;
            }
        }
    }

    private void seed(String plain, int i) {
        boolean any = false;
        for (Act act : Act.values()) {
            int at = i * ACTS + act.ordinal();
            if (SeedGrammar.matches(act, plain)) {
                acts[at] = 1;
                trust[at] = 1;
                any |= act != Act.DELIVERS;
            } else {
                acts[at] = 0;
                trust[at] = 0.3f;
            }
        }
        int refuses = i * ACTS + Act.REFUSES.ordinal();
        int contradicts = i * ACTS + Act.CONTRADICTS.ordinal();
        int delivers = i * ACTS + Act.DELIVERS.ordinal();
        if (example.only(Degree.COMPLIANCE)) {
            trust[refuses] = acts[refuses] > 0 ? 0 : 0.5f;
            trust[contradicts] = acts[contradicts] > 0 ? 0 : 0.5f;
            if (acts[delivers] == 0) {
                acts[delivers] = any ? 0 : 1;
                trust[delivers] = any ? 0 : 0.3f;
            }
        } else if (example.only(Degree.FULL)) {
            acts[delivers] = 0;
            trust[delivers] = 0.5f;
            trust[contradicts] = acts[contradicts] > 0 ? 1 : 0.1f;
        } else {
            trust[delivers] = acts[delivers] > 0 ? 0.5f : 0;
            trust[contradicts] = acts[contradicts] > 0 ? 1 : 0.1f;
        }
    }
}
