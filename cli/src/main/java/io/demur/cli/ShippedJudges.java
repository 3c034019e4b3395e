package io.demur.cli;

import io.demur.core.charter.Settings;
import io.demur.core.harm.HarmCascade;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderHarm;

import java.util.List;

/**
 * The judges of requests where nothing is configured: the quick one, and the encoder where that is
 * unsure and this build has it. What a policy is signed with.
 */
final class ShippedJudges {

    private ShippedJudges() {}

    /** Those judges. The encoder is loaded when this is first called. */
    static HarmPredictor harm() {
        return Loaded.HARM;
    }

    /** Loaded once, by the first who asks. */
    private static final class Loaded {
        private static final HarmPredictor HARM = load();

        private static HarmPredictor load() {
            List<HarmCascade.Stage> stages =
                    Encoder.isShipped()
                            ? List.of(
                                    new HarmCascade.Stage(
                                            new EncoderHarm(Encoder.shipped()),
                                            Settings.USUAL.band()))
                            : List.of();
            return new HarmCascade(LinearHarm.shipped(), stages);
        }
    }
}
