package io.demur.encoder;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Settings;
import io.demur.core.harm.HarmCascade;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearHarm;

import java.util.List;

/**
 * The judges of requests under a charter: the quick one, and the encoder where the quick one's
 * probability lies in the charter's band and this build has it. Whoever decides by a charter, signs
 * one or measures one asks these, so that all of them speak of the same thing.
 */
public final class CharterJudges {

    private CharterJudges() {}

    /** Those of a charter. The encoder is loaded when it is first needed. */
    public static HarmPredictor harm(Charter charter) {
        return harm(charter.settings());
    }

    /**
     * Those of a charter's settings. The quick one alone speaks where the settings name it and not
     * the two together: what was signed where there was no encoder holds as it was signed.
     */
    public static HarmPredictor harm(Settings settings) {
        HarmPredictor quick = LinearHarm.shipped();
        if (!Encoder.isShipped()) {
            return quick;
        }
        HarmPredictor both =
                new HarmCascade(
                        quick,
                        List.of(
                                new HarmCascade.Stage(
                                        new EncoderHarm(Encoder.shipped()), settings.band())));
        boolean quickAlone =
                settings.judges().contains(quick.id()) && !settings.judges().contains(both.id());
        return quickAlone ? quick : both;
    }
}
