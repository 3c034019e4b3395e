package io.demur.gateway;

import static io.demur.gateway.Spoken.DOSSIERS;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Incidents;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.desk.Appeals;
import io.demur.desk.Choice;
import io.demur.gateway.gate.Decided;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.RouteAround;
import io.demur.store.HeldRequests;
import io.demur.store.RequestPrint;
import io.demur.store.ReviewCase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A policy that says what is done with what a hosted model refused and a local one is asked. */
class CarriedTest {

    private static final String EDITED = DOSSIERS.replace("guess", "please guess") + " Thanks!";

    /** What the judges name, from a probability of which the policy says something by itself. */
    private static final Hazard CATEGORY = Hazard.NON_VIOLENT_CRIMES;

    /** By how much the gateway's clock is ahead. */
    private volatile Duration later = Duration.ZERO;

    @SuppressWarnings("NullAway.Init") // by JUnit
    @TempDir
    private Path folder;

    private final Staged staged = new Staged();

    @SuppressWarnings("NullAway.Init") // by begin
    private House house;

    @SuppressWarnings("NullAway.Init") // by begin
    private Answering answering;

    private void begin(Strength then, Incidents.Sanction... sanctioned) throws Exception {
        staged.found = () -> Staged.harm(0.62);
        begin(Policy.at(Policy.defaultPosture()), then, sanctioned);
    }

    private void begin(Policy policy, Strength then, Incidents.Sanction... sanctioned)
            throws Exception {
        Incidents incidents =
                new Incidents(
                        Strength.ANNOTATE, Map.of(CATEGORY, then), Set.of(), Set.of(sanctioned));
        Ground ground = Ground.begun(folder);
        Charter charter =
                Ground.charter(
                        policy,
                        Ground.local("local", "blunt"),
                        Settings.USUAL.with(incidents, Settings.USUAL.review()));
        house =
                new House(
                        folder,
                        new Ground(
                                ground.ring(),
                                ground.trail(),
                                () -> ground.clock().instant().plus(later)),
                        Map.of(
                                "hosted", Saying.refuses("hosted"),
                                "local", Saying.answers("local", ModelClass.LOCAL),
                                "blunt", Saying.answers("blunt", ModelClass.LOCAL, Staged.STOP)),
                        staged,
                        GatewaySettings.USUAL,
                        charter);
        answering = new Answering(house);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Answering.Reply ask(String model, String text) throws Exception {
        return answering.chat(house.key, model, text);
    }

    private static String attempt(Answering.Reply reply) {
        return reply.header("x-demur-attempt");
    }

    private static String decided(Answering.Reply reply) {
        return reply.header("x-demur-decision");
    }

    private static boolean isAnswered(Answering.Reply reply) {
        return reply.text().contains("Here is what you asked for.");
    }

    private List<RouteAround> told() throws Exception {
        int unused = house.held.publish(house::write);
        return house.entries(RouteAround.class);
    }

    private Outcome outcome(Answering.Reply reply) throws Exception {
        return house.entries(Outcome.class).stream()
                .filter(it -> it.attempt().equals(attempt(reply)))
                .findFirst()
                .orElseThrow();
    }

    /** Of refusals of this gateway's own. */
    private boolean isNothingRemembered() {
        return staged.told.stream().noneMatch(it -> it.startsWith("refused "));
    }

    private void uphold(String attempt) throws Exception {
        Appeals.Made made =
                house.appeals.open(
                        house.appeals.exchange(attempt).orElseThrow(),
                        house.principal,
                        "",
                        Duration.ofDays(1),
                        Optional.empty());
        var open = assertInstanceOf(Appeals.Made.Open.class, made).appeal();
        var unused =
                house.queue.decide(
                        open.id(),
                        Optional.of(open.version()),
                        "anna",
                        Choice.of("overturn", "fair-question"));
        assertTrue(house.held.publish(house::write) > 0);
    }

    @Test
    void whatIsConditionedIsAnsweredUnderTheConditionsOfItsCategory() throws Exception {
        begin(Strength.CONDITION);
        Answering.Reply refused = ask("hosted", DOSSIERS);
        Answering.Reply again = ask("local", DOSSIERS);
        assertTrue(isAnswered(again), again::text);
        assertEquals("condition", decided(again));
        assertEquals(attempt(refused), again.header("x-demur-earlier"));
        assertEquals("re-sent:" + attempt(refused), outcome(again).rules().getFirst());
        assertEquals("condition", told().getFirst().disposition());
        assertEquals("condition", decided(ask("local", DOSSIERS)), "another answer is wanted");
    }

    @Test
    void whatWaitsIsAnsweredOnceAPersonHasReleasedIt() throws Exception {
        begin(Strength.HOLD);
        Answering.Reply refused = ask("hosted", DOSSIERS);
        Answering.Reply waits = ask("local", DOSSIERS);
        assertEquals("hold", decided(waits), waits::text);
        String held = waits.header("x-demur-hold");
        assertEquals(attempt(waits), held);
        assertTrue(waits.text().contains("a request like it was refused before"), waits::text);
        assertEquals("provider", waits.header("x-demur-earlier-reason"));
        Answering.Reply followed = ask("local", DOSSIERS);
        assertEquals(held, followed.header("x-demur-hold"), "one request waits once");
        assertEquals(1, told().size(), "who asks whether it still waits goes around nothing");
        assertEquals("hold", told().getFirst().disposition());
        assertEquals(
                "re-sent:" + attempt(refused), house.held.all(true).getFirst().rules().getFirst());

        house.held.release(held, new HeldRequests.By("anna", "looked-at"), Duration.ofHours(1));
        assertTrue(house.held.publish(house::write) > 0);
        Answering.Reply released = ask("local", DOSSIERS);
        assertTrue(isAnswered(released), released::text);
        assertTrue(outcome(released).rules().contains("released:" + held));
        assertEquals("hold", decided(ask("local", DOSSIERS)), "a release is good once");
        assertEquals("hold", decided(ask("local", EDITED)), "and for the same request");
        assertTrue(isNothingRemembered(), "no refusal of its own");
    }

    @Test
    void whatIsRefusedSaysWhyAndAnAppealAgainstItEndsIt() throws Exception {
        begin(Strength.REFUSE);
        Answering.Reply refused = ask("hosted", DOSSIERS);
        Answering.Reply again = ask("local", DOSSIERS);
        assertEquals("refuse", decided(again), again::text);
        assertEquals("gateway", again.header("x-demur-origin"));
        assertTrue(again.text().contains("a request like it was refused before"), again::text);
        assertTrue(again.text().contains(attempt(again)), "by which it is appealed");
        assertFalse(again.text().contains("re-sent:att_"), "whosever it was");
        assertFalse(again.header("x-demur-incident").equals("none"));
        assertEquals(attempt(refused), again.header("x-demur-earlier"));
        assertEquals("provider", again.header("x-demur-earlier-reason"));
        assertEquals(Optional.of("refused-earlier"), outcome(again).reason());
        assertEquals("refuse", told().getFirst().disposition());
        assertEquals("refuse", decided(ask("local", DOSSIERS)), "also who asks again at once");
        assertTrue(isNothingRemembered(), "no refusal of its own");

        uphold(attempt(again));
        assertTrue(isAnswered(ask("local", DOSSIERS)));
        assertEquals("refuse", decided(ask("local", EDITED)), "nobody has looked at that");
    }

    @Test
    void anAppealAgainstWhatAProviderRefusedEndsAllThatWasMadeOfIt() throws Exception {
        begin(Strength.REFUSE);
        Answering.Reply refused = ask("hosted", DOSSIERS);
        assertEquals("refuse", decided(ask("local", EDITED)));
        uphold(attempt(refused));
        Answering.Reply edited = ask("local", EDITED);
        assertTrue(isAnswered(edited), edited::text);
        Answering.Reply same = ask("local", DOSSIERS);
        assertTrue(isAnswered(same), same::text);
        assertEquals("approved", told().getLast().route().orElseThrow().kind());
    }

    @Test
    void aWayThatThePolicyDeclaresIsCountedAndNobodyIsAsked() throws Exception {
        begin(
                Strength.REFUSE,
                new Incidents.Sanction(Set.of(CATEGORY), Set.of(ModelClass.LOCAL), Set.of()));
        ask("hosted", DOSSIERS);
        Answering.Reply declared = ask("local", DOSSIERS);
        assertTrue(isAnswered(declared), declared::text);
        assertEquals("annotate", decided(declared));
        assertEquals("sanctioned", told().getFirst().route().orElseThrow().kind());
        ReviewCase closed =
                house.incidentCases
                        .all(
                                Optional.empty(),
                                Optional.empty(),
                                EnumSet.allOf(ReviewCase.State.class),
                                9)
                        .getFirst();
        assertEquals(ReviewCase.State.WITHDRAWN, closed.state());
        String metrics = answering.ask(house.reviewKeys.get(0), "GET", "/metrics", "").text();
        assertTrue(metrics.contains("demur_incidents_total{route=\"sanctioned\""), metrics);
    }

    @Test
    void whatOnlyLooksHarmlessIsOfNoCategory() throws Exception {
        begin(Strength.REFUSE);
        staged.found = () -> Staged.harm(0.001);
        ask("hosted", DOSSIERS);
        assertEquals("annotate", decided(ask("local", DOSSIERS)));
    }

    @Test
    void askingAgainAndAgainMakesTheRefusalItRestsOnForgottenByNobody() throws Exception {
        begin(Strength.REFUSE);
        Answering.Reply refused = ask("hosted", DOSSIERS);
        Answering.Reply again = ask("local", EDITED);
        ask("local", EDITED);
        List<RequestPrint> kept = new ArrayList<>();
        house.requestPrints.refused(kept::add);
        assertEquals(List.of(attempt(refused)), kept.stream().map(RequestPrint::attempt).toList());
        assertEquals(
                RequestPrint.Kind.CARRIED,
                house.requestPrints.find(attempt(again)).orElseThrow().kind());
    }

    @Test
    void anAppealAgainstARetryThatWasRefusedTooFreesItsWords() throws Exception {
        begin(Strength.REFUSE);
        ask("hosted", DOSSIERS);
        ask("local", EDITED);
        Answering.Reply retried = ask("local", EDITED);
        assertEquals("refuse", decided(retried));
        assertEquals("none", retried.header("x-demur-incident"), "it goes around nothing");
        uphold(attempt(retried));
        Answering.Reply freed = ask("local", EDITED);
        assertTrue(isAnswered(freed), freed::text);
    }

    @Test
    void anUpheldAppealCountsHoweverMuchIsAskedBehindIt() throws Exception {
        begin(Strength.REFUSE);
        ask("hosted", DOSSIERS);
        Answering.Reply edited = ask("local", EDITED);
        for (int i = 0; i < 33; i++) {
            assertEquals("refuse", decided(ask("local", DOSSIERS + " Version %d!".formatted(i))));
        }
        uphold(attempt(edited));
        Answering.Reply freed = ask("local", EDITED);
        assertTrue(isAnswered(freed), freed::text);
    }

    @Test
    void whatWaitsGoesOnWaitingAndWhatAPersonRefusesStaysSoWhenTheFirstRefusalIsOver()
            throws Exception {
        begin(Strength.HOLD);
        ask("hosted", DOSSIERS);
        String held = ask("local", DOSSIERS).header("x-demur-hold");
        later = Duration.ofDays(8);
        assertTrue(isAnswered(ask("local", EDITED)), "it is over for what nobody looks at");
        Answering.Reply waits = ask("local", DOSSIERS);
        assertEquals("hold", decided(waits), waits::text);
        assertEquals(held, waits.header("x-demur-hold"));

        house.held.refuse(held, new HeldRequests.By("anna", "looked-at"));
        Answering.Reply refused = ask("local", DOSSIERS);
        assertEquals("refuse", decided(refused), refused::text);
        assertEquals("refused:" + held, outcome(refused).rules().getFirst());
        assertEquals(
                RequestPrint.Kind.REFUSED,
                house.requestPrints.find(attempt(refused)).orElseThrow().kind(),
                "a person's refusal is its own");
        assertEquals("hold", decided(ask("local", EDITED)), "and others rest on it");
        uphold(attempt(refused));
        assertTrue(isAnswered(ask("local", DOSSIERS)), "but for an appeal");
    }

    @Test
    void whoFollowsUpWhatTheTableHoldsIsNotRefusedForIt() throws Exception {
        begin(HoldTest.holding().policy(), Strength.REFUSE);
        Answering.Reply waits = ask("local", DOSSIERS);
        assertEquals("hold", decided(waits), waits::text);
        Answering.Reply followed = ask("local", DOSSIERS);
        assertEquals("hold", decided(followed), followed::text);
        assertEquals(attempt(waits), followed.header("x-demur-hold"));
        assertEquals("hold", decided(ask("local", EDITED)));
    }

    @Test
    void whatAConditionKeepsBackIsNoRefusalOfItsOwn() throws Exception {
        begin(Strength.CONDITION);
        staged.withholds = Decided::decision;
        ask("hosted", DOSSIERS);
        Answering.Reply kept = ask("blunt", DOSSIERS);
        assertEquals("condition", decided(kept), kept::text);
        assertFalse(kept.text().contains(Staged.STOP), kept::text);
        assertEquals(
                RequestPrint.Kind.CARRIED,
                house.requestPrints.find(attempt(kept)).orElseThrow().kind());
    }
}
