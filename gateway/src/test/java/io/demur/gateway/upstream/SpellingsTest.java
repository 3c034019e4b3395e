package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Caller;
import io.demur.core.access.Limits;
import io.demur.core.access.Operation;
import io.demur.core.access.Scope;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Grant;
import io.demur.core.charter.Models.Placement;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.policy.Axes;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.wire.chat.Call;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** However a model is spelled: what the policy says of it, and who may ask it, is the same. */
class SpellingsTest extends Asks {

    private static final Policy POLICY = Policy.at(Policy.defaultPosture());

    /** Every name under which a caller of these tests might hope to find the model. */
    private static final List<String> SPELLINGS =
            List.of(
                    "m",
                    "m:latest",
                    "M",
                    "M:latest",
                    "m:Latest",
                    "m:LATEST",
                    "alias",
                    "far",
                    "ollama/m",
                    "library/m",
                    "registry.ollama.ai/library/m:latest",
                    "one/m",
                    " m",
                    "m ");

    private static final Set<String> KNOWN = Set.of("m", "m:latest", "alias", "far");

    private static Charter charter(
            Map<String, Placement> placed, ModelClass other, List<Grant> grants) {
        return new Charter(
                "test",
                POLICY,
                Map.of(),
                Optional.empty(),
                grants,
                List.of(),
                new io.demur.core.charter.Models(placed, other),
                Wording.NONE,
                Settings.USUAL,
                Optional.empty());
    }

    private static Placement place(ModelClass of) {
        return new Placement(of, Optional.empty());
    }

    /** One Ollama that has `m:latest`, by that name and by two that the configuration adds. */
    private ServedModels models(LyingServer server) {
        return models(
                UpstreamSettings.of("one", Kind.OLLAMA, server.url())
                        .withModels(
                                Map.of(
                                        "m:latest",
                                        "m:latest",
                                        "alias",
                                        "m",
                                        "far",
                                        "registry.ollama.ai/library/m")));
    }

    private static Caller caller(List<String> reaching) {
        return new Caller(
                Optional.of("k"),
                "sub_ada",
                Axes.OTHER,
                Optional.empty(),
                Optional.empty(),
                new Scope(EnumSet.of(Operation.CHAT), reaching),
                Limits.NONE);
    }

    @Test
    void everySpellingHasTheClassThatThePolicyGivesTheModel() {
        ServedModels models = models(server(talk -> {}));
        for (ModelClass said : ModelClass.values()) {
            for (String listed : List.of("m", "m:latest", "M", "m*", "library/m")) {
                // the usual class is the weakest, so that whoever slips through is seen
                Charter charter =
                        charter(Map.of(listed, place(said)), ModelClass.HOSTED, List.of());
                for (String spelling : SPELLINGS) {
                    Optional<Served> served = models.find(spelling, charter);
                    assertEquals(KNOWN.contains(spelling), served.isPresent(), spelling);
                    served.ifPresent(
                            it ->
                                    assertEquals(
                                            said,
                                            it.placement().model(),
                                            () -> spelling + " where `" + listed + "` is listed"));
                }
            }
        }
    }

    @Test
    void anAliasThatThePolicyPlacesElsewhereDoesNotUndoWhatItSaysOfTheModel() {
        ServedModels models = models(server(talk -> {}));
        Charter charter =
                charter(
                        Map.of(
                                "alias", place(ModelClass.HOSTED),
                                "far*", place(ModelClass.HOSTED),
                                "m:latest", place(ModelClass.LOCAL_UNALIGNED)),
                        ModelClass.HOSTED,
                        List.of());
        for (String spelling : KNOWN) {
            assertEquals(
                    ModelClass.LOCAL_UNALIGNED,
                    models.find(spelling, charter).orElseThrow().placement().model(),
                    spelling);
        }
    }

    @Test
    void aNameThatThePolicyListsIsPlacedThoughNothingIsSaidOfTheServersOwn() {
        ServedModels models = models(server(talk -> {}));
        Charter named =
                charter(
                        Map.of("alias", place(ModelClass.LOCAL)),
                        ModelClass.LOCAL_UNALIGNED,
                        List.of());
        assertEquals(
                ModelClass.LOCAL, models.find("alias", named).orElseThrow().placement().model());
        // how a name begins names nobody: what it stands for may be anything
        Charter begun =
                charter(
                        Map.of("ali*", place(ModelClass.LOCAL), "*", place(ModelClass.HOSTED)),
                        ModelClass.LOCAL_UNALIGNED,
                        List.of());
        assertEquals(
                ModelClass.LOCAL, models.find("alias", begun).orElseThrow().placement().model());
        Charter strict =
                charter(
                        Map.of("ali*", place(ModelClass.HOSTED)),
                        ModelClass.LOCAL_UNALIGNED,
                        List.of());
        assertEquals(
                ModelClass.LOCAL_UNALIGNED,
                models.find("alias", strict).orElseThrow().placement().model());
    }

    @Test
    void everySpellingIsAskedWhereThePolicySaysAndNowhereElse() {
        LyingServer configured = server(talk -> talk.sse().text("Yes.").stop("stop"));
        LyingServer fixed =
                server(
                        talk ->
                                talk.json(
                                        200, "{\"message\":{\"content\":\"Yes.\"},\"done\":true}"));
        ServedModels models = models(configured);
        for (String listed : List.of("m", "m:latest", "M:latest")) {
            Charter charter =
                    charter(
                            Map.of(
                                    listed,
                                    new Placement(ModelClass.LOCAL, Optional.of(fixed.url()))),
                            ModelClass.HOSTED,
                            List.of());
            for (String spelling : KNOWN) {
                Served served = models.find(spelling, charter).orElseThrow();
                Upstream upstream = served.upstream();
                Call call = Permits.call(false).withModel(served.name());
                var permit = permits().of(call, Duration.ofMinutes(1), ModelClass.LOCAL);
                assertEquals("Yes.", verticle().run(() -> hear(upstream, permit)).text());
            }
        }
        assertEquals(0, configured.seen().size());
        assertEquals(3 * KNOWN.size(), fixed.seen().size());
        Charter torn =
                charter(
                        Map.of(
                                "alias",
                                new Placement(ModelClass.LOCAL, Optional.of(configured.url())),
                                "m",
                                new Placement(ModelClass.LOCAL, Optional.of(fixed.url()))),
                        ModelClass.HOSTED,
                        List.of());
        assertEquals(Optional.empty(), models.find("alias", torn));
    }

    @Test
    void whoMayAskTheModelMayAskItByEachOfItsNamesAndNobodyElseMay() {
        ServedModels models = models(server(talk -> {}));
        for (ModelClass of : ModelClass.values()) {
            Grant others = new Grant(Axes.OTHER, Set.of(), EnumSet.complementOf(EnumSet.of(of)));
            Charter granted = charter(Map.of("m", place(of)), ModelClass.HOSTED, List.of());
            Charter denied = charter(Map.of("m", place(of)), ModelClass.HOSTED, List.of(others));
            for (String spelling : KNOWN) {
                Served served = models.find(spelling, granted).orElseThrow();
                boolean tag = spelling.startsWith("m");
                assertEquals(Optional.empty(), denial(List.of("*"), served, granted));
                assertEquals(
                        Optional.of(Caller.Denial.MODEL_CLASS),
                        denial(List.of("*"), served, denied),
                        spelling);
                for (String scope : List.of("m", "m:latest")) {
                    assertEquals(
                            tag ? Optional.empty() : Optional.of(Caller.Denial.MODEL),
                            denial(List.of(scope), served, granted),
                            () -> spelling + " by a key for " + scope);
                }
            }
        }
        assertTrue(models.find("M", charter(Map.of(), ModelClass.HOSTED, List.of())).isEmpty());
    }

    private static Optional<Caller.Denial> denial(
            List<String> scope, Served served, Charter charter) {
        return caller(scope)
                .denied(Operation.CHAT, served.names(), served.placement().model(), charter);
    }
}
