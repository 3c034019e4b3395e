package io.demur.cli;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Settings;
import io.demur.core.detect.Cascade;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.SecondJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.detect.StopReasonDetector.CutOff;
import io.demur.core.harm.AnswerCascade;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.HarmCascade;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.encoder.CharterJudges;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderAnswers;
import io.demur.encoder.EncoderHarm;
import io.demur.encoder.EncoderRefusal;
import io.demur.eval.Pipeline;
import io.demur.eval.run.Judges;
import io.demur.remote.GuardAnswers;
import io.demur.remote.GuardModel;
import io.demur.remote.LanguageModelJudge;
import io.demur.remote.RemoteJudges;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which judges come after the quick one, and where they are asked. The encoder comes first, then a
 * guard model, then a general model.
 */
final class JudgeOptions {

    /** An hour, in seconds. */
    private static final int TIMEOUT_MAX = 3_600;

    @Option(
            names = "--deep",
            description = "Ask the encoder, in this process, where the quick judge is unsure.")
    private boolean deep;

    @Option(
            names = "--guard",
            paramLabel = "FORMAT=URL[#MODEL]",
            description = "Ask a guard model over HTTP where the judges before it are unsure.")
    private @Nullable String guard;

    @Option(
            names = "--judge",
            paramLabel = "URL#MODEL",
            description = "Ask a language model over HTTP where the judges before it are unsure.")
    private @Nullable String judge;

    @Option(
            names = "--band",
            paramLabel = "LOW,HIGH",
            description =
                    "Between which probabilities a judge is unsure (default: 0.05,0.95, or what the"
                            + " policy says).")
    private @Nullable String band;

    @Option(
            names = "--key",
            paramLabel = "VARIABLE",
            description = "The environment variable with the key that the server wants.")
    private @Nullable String key;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long one judgement over HTTP may take (default: 10).")
    private int timeout;

    private final Watched watched = new Watched();

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    /**
     * The judges of requests under a policy: its own, in its band, and after them those that are
     * named.
     *
     * @param charter the usual settings where there is none
     * @param quickAlone without the encoder
     */
    HarmPredictor under(Optional<Charter> charter, boolean quickAlone) {
        Settings settings = charter.map(Charter::settings).orElse(Settings.USUAL);
        boolean named = deep || guard != null || judge != null || band != null;
        if (!named && !quickAlone) {
            return loaded(() -> CharterJudges.harm(settings));
        }
        deep |= !quickAlone && Encoder.isShipped();
        return harm(LinearHarm.shipped(), band(settings.band()));
    }

    /** The judges of requests, quickest first. */
    HarmPredictor harm(HarmPredictor quick) {
        return harm(quick, band());
    }

    private HarmPredictor harm(HarmPredictor quick, Band where) {
        List<HarmCascade.Stage> stages = new ArrayList<>();
        encoder().ifPresent(e -> stages.add(new HarmCascade.Stage(new EncoderHarm(e), where)));
        guard().ifPresent(g -> stages.add(HarmCascade.Stage.weighed(watch(g.id()).over(g), where)));
        judge().ifPresent(j -> stages.add(HarmCascade.Stage.weighed(watch(j.id()).over(j), where)));
        return new HarmCascade(quick, stages);
    }

    /** The judges of refusals, quickest first. */
    Detector refusal(LinearJudge quick) {
        Band where = band();
        List<Cascade.Stage> stages = new ArrayList<>();
        encoder()
                .ifPresent(e -> stages.add(new Cascade.Stage(new EncoderRefusal(e, quick), where)));
        guard().flatMap(g -> refusals(g, quick))
                .ifPresent(g -> stages.add(new Cascade.Stage(watch(g.id()).over(g), where)));
        judge().map(j -> j.refusals(quick))
                .ifPresent(j -> stages.add(new Cascade.Stage(watch(j.id()).over(j), where)));
        return new Cascade(quick, stages);
    }

    /** The judges of the harm of answers. */
    AnswerJudge answers(AnswerJudge quick) {
        Band where = band();
        AnswerJudge deeper =
                encoder()
                        .<AnswerJudge>map(
                                e -> new AnswerCascade(quick, new EncoderAnswers(e, quick), where))
                        .orElse(quick);
        return guard().<AnswerJudge>map(
                        g -> new GuardAnswers(g, deeper, where, watch(g.id())::heard))
                .orElse(deeper);
    }

    /**
     * The judges of answers that are asked for: of their refusals and of their harm. An answer that
     * was cut off at the length that was asked for is judged as it stands.
     */
    Judges asked() {
        Detector detector = new StopReasonDetector(refusal(LinearJudge.shipped()), CutOff.JUDGED);
        return new Judges(detector, Optional.of(answers(LinearAnswerJudge.shipped())));
    }

    /** The guard as a judge of refusals; where it is none, that is said, and harm is left to it. */
    private Optional<SecondJudge> refusals(GuardModel asked, LinearJudge quick) {
        Optional<SecondJudge> refusals = asked.refusals(quick);
        if (refusals.isEmpty()) {
            PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
            err.println(
                    ("demur: --guard: `%s` does not say whether an answer refuses: it is asked"
                                    + " about harm alone")
                            .formatted(Terminal.plain(asked.id().name())));
        }
        return refusals;
    }

    private Watch watch(JudgeId judge) {
        return watched.over(judge);
    }

    /** The judges that may fail; what is asked of them is known once all has been judged. */
    Watched watched() {
        return watched;
    }

    /** How the work is spread: wide where it waits for a server. */
    Pipeline.Spread spread() {
        return guard == null && judge == null
                ? Pipeline.Spread.ofProcessors()
                : Pipeline.Spread.ofWaiting(RemoteJudges.CONCURRENCY);
    }

    private Optional<Encoder> encoder() {
        if (!deep) {
            return Optional.empty();
        }
        if (!Encoder.isShipped()) {
            throw wrong("--deep: this build of Demur comes without the encoder", null);
        }
        return Optional.of(loaded(Encoder::shipped));
    }

    /** What loads; where it cannot, the user is told why, and that it was asked for. */
    <T> T loaded(Supplier<T> encoder) {
        try {
            return encoder.get();
        } catch (UncheckedIOException e) {
            String why = Destination.problem(Objects.requireNonNull(e.getCause()));
            throw wrong(
                    "--deep: the encoder cannot be loaded: %s: %s".formatted(e.getMessage(), why),
                    e);
        } catch (IllegalStateException e) {
            throw wrong("--deep: the encoder cannot be loaded: " + e.getMessage(), e);
        }
    }

    private Optional<GuardModel> guard() {
        String model = guard;
        return model == null
                ? Optional.empty()
                : Optional.of(made("--guard", () -> RemoteJudges.guard(model, settings())));
    }

    private Optional<LanguageModelJudge> judge() {
        String place = judge;
        return place == null
                ? Optional.empty()
                : Optional.of(made("--judge", () -> RemoteJudges.judge(place, settings())));
    }

    private RemoteJudges.Settings settings() {
        if (timeout < 1 || timeout > TIMEOUT_MAX) {
            throw wrong(
                    "--timeout: `%d` is not between 1 and %d".formatted(timeout, TIMEOUT_MAX),
                    null);
        }
        return new RemoteJudges.Settings(
                Optional.ofNullable(key),
                System::getenv,
                Duration.ofSeconds(timeout),
                RemoteJudges.CONCURRENCY);
    }

    private Band band() {
        return band(Settings.USUAL.band());
    }

    private Band band(Band otherwise) {
        String given = band;
        if (given == null) {
            return otherwise;
        }
        String[] limits = given.split(",", -1);
        try {
            if (limits.length == 2) {
                return new Band(Double.parseDouble(limits[0]), Double.parseDouble(limits[1]));
            }
        } catch (NumberFormatException notANumber) {
            // said below, together with every other way to be wrong
        } catch (IllegalArgumentException outside) {
            throw wrong("--band: " + outside.getMessage(), outside);
        }
        throw wrong("--band: `%s` is not LOW,HIGH, such as `0.1,0.9`".formatted(given), null);
    }

    private <T> T made(String option, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage(), e);
        }
    }

    private ParameterException wrong(String message, @Nullable Throwable cause) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message, cause);
    }
}
