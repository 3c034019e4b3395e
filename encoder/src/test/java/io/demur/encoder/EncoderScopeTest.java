package io.demur.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.demur.core.Request;
import io.demur.core.charter.Ruling;
import io.demur.core.charter.Scope;
import io.demur.core.scope.Belonging;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class EncoderScopeTest {

    private static final Map<Scope, EncoderScope> JUDGES = new ConcurrentHashMap<>();

    private static final List<String> TO_ANY_SERVICE =
            List.of(
                    "Good evening!",
                    "Thank you for your help",
                    "What can you do for me?",
                    "Are you a bot?",
                    "Why did you refuse my request?",
                    "I want to complain, you are useless",
                    "May I talk to a human being?");

    /** How many of some requests are refused, are answered with the term, or simply answered. */
    private static final class Tally {
        int refused;
        int told;
        int all;
        final List<String> which = new ArrayList<>();

        void add(String request, double p) {
            all++;
            refused += p >= Ruling.REFUSED_FROM ? 1 : 0;
            told += p >= Ruling.TOLD_FROM && p < Ruling.REFUSED_FROM ? 1 : 0;
            if (p >= Ruling.REFUSED_FROM) {
                which.add("%s %.2f".formatted(request, p));
            }
        }

        double share() {
            return (double) refused / all;
        }

        @Override
        public String toString() {
            return "%d of %d refused, %d told".formatted(refused, all, told);
        }
    }

    @Test
    void refusesWhatLiesOutsideOfDeploymentsThatNothingWasFittedTo() {
        Map<String, Tally> found = tally(Deployment.FRESH);
        assertTrue(tallyOf(found, "outside").share() >= 0.6, () -> "" + found);
        assertTrue(others(found).share() <= 0.026, () -> found + " " + others(found).which);
        assertEquals(0, tallyOf(found, "answered").refused, found::toString);
        assertEquals(0, tallyOf(found, "unjudged").refused);
    }

    @Test
    void refusesWhatLiesOutsideOfDeploymentsThatItWasFittedTo() {
        Map<String, Tally> found = tally(Deployment.FITTED);
        assertTrue(tallyOf(found, "outside").share() >= 0.73, () -> "" + found);
        assertTrue(others(found).share() <= 0.022, () -> found + " " + others(found).which);
    }

    @Test
    void doesNotRefuseWhatIsSaidToAnyServiceWhateverItIsFor() {
        for (Deployment deployment : all()) {
            EncoderScope judge = judge(deployment.scope());
            for (String text : TO_ANY_SERVICE) {
                double p = p(judge, Request.of(text));
                assertTrue(p < Ruling.REFUSED_FROM, () -> deployment.name() + " " + text + " " + p);
            }
        }
    }

    /** Otherwise a refusal would offer what is refused in its turn. */
    @Test
    void examplesOfWhatIsInsideAreInside() {
        for (Deployment deployment : all()) {
            EncoderScope judge = judge(deployment.scope());
            for (String example : deployment.scope().inside()) {
                double p = p(judge, Request.of(example));
                assertTrue(p < Ruling.TOLD_FROM, () -> deployment.name() + " " + example + " " + p);
            }
        }
    }

    @Test
    void newTopicIsNotInsideForWhatWasAskedBefore() {
        Tally drifted = new Tally();
        for (String name : Deployment.FRESH) {
            Deployment deployment = Deployment.read(name);
            EncoderScope judge = judge(deployment.scope());
            for (int i = 0; i < deployment.outside().size(); i++) {
                String before = deployment.inside().get(i % deployment.inside().size());
                String line = before + " >> " + deployment.outside().get(i);
                if (judge.judge(Deployment.request(line)) instanceof Belonging.Judged judged) {
                    drifted.add(line, judged.pOutside());
                }
            }
        }
        assertTrue(drifted.share() >= 0.5, drifted::toString);
    }

    @Test
    void otherLanguagesAreLeftToTheModel() {
        EncoderScope judge = judge(Deployment.read("fitted/bank").scope());
        assertInstanceOf(
                Belonging.Unjudged.class,
                judge.judge(Request.of("Schreib mir bitte ein Gedicht über den Herbst")));
        assertInstanceOf(Belonging.Unjudged.class, judge.judge(Request.of(" ")));
        assertInstanceOf(Belonging.Unjudged.class, judge.judge(Request.UNKNOWN));
    }

    @Test
    void saysWhichExamplesItCannotRead() {
        String german = "Wie kann ich meine Karte sperren?";
        Scope scope = new Scope("Für Kunden der Bank.", List.of(german), List.of("Write a poem"));
        assertEquals(List.of(german), EncoderScope.unread(scope));
        EncoderScope judge = judge(scope);
        assertFalse(judge.canTell());
        assertInstanceOf(Belonging.Unjudged.class, judge.judge(Request.of("Write a poem")));
    }

    @Test
    void takesAnyText() {
        EncoderScope judge = judge(Deployment.read("fitted/code").scope());
        for (String text : List.of("?", "\u0000", "🙂", "[SEP] [CLS]", "a ".repeat(30_000))) {
            judge.judge(Request.of(text));
        }
    }

    @Test
    void saysTheSameFromManyThreads() throws Exception {
        Deployment deployment = Deployment.read("fitted/hr");
        EncoderScope judge = judge(deployment.scope());
        List<Belonging> alone = said(judge, deployment);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Callable<List<Belonging>>> calls = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                calls.add(
                        () ->
                                said(
                                        new EncoderScope(Model.require(), deployment.scope()),
                                        deployment));
            }
            for (Future<List<Belonging>> said : threads.invokeAll(calls)) {
                assertEquals(alone, said.get());
            }
        }
    }

    @Test
    void anotherEncoderIsNotTaken(@TempDir Path folder) throws IOException {
        Model.require();
        for (String file : List.of("encoder.onnx", "tokenizer.json")) {
            Files.write(folder.resolve(file), Encoder.resource(file));
        }
        Files.writeString(
                folder.resolve("encoder.properties"),
                new String(Encoder.resource("encoder.properties"), UTF_8) + "\n");
        Scope scope = Deployment.read("fitted/bank").scope();
        try (Encoder other = Encoder.open(folder)) {
            IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> new EncoderScope(other, scope));
            assertTrue(String.valueOf(e.getMessage()).contains("scope.weights"), e.getMessage());
        }
    }

    private static List<Belonging> said(EncoderScope judge, Deployment deployment) {
        return deployment.outside().stream()
                .limit(8)
                .map(text -> judge.judge(Request.of(text)))
                .toList();
    }

    private static Map<String, Tally> tally(List<String> names) {
        Map<String, Tally> found = new TreeMap<>();
        for (String kind : List.of("inside", "outside", "answered", "unjudged")) {
            found.put(kind, new Tally());
        }
        for (String name : names) {
            Deployment deployment = Deployment.read(name);
            EncoderScope judge = judge(deployment.scope());
            add(found, "inside", deployment.inside(), judge);
            add(found, "outside", deployment.outside(), judge);
            add(found, "answered", deployment.answered(), judge);
        }
        return found;
    }

    private static void add(
            Map<String, Tally> found, String kind, List<String> lines, EncoderScope judge) {
        for (String line : lines) {
            switch (judge.judge(Deployment.request(line))) {
                case Belonging.Judged judged -> tallyOf(found, kind).add(line, judged.pOutside());
                case Belonging.Unjudged unjudged -> tallyOf(found, "unjudged").add(line, 0);
            }
        }
    }

    private static Tally tallyOf(Map<String, Tally> found, String kind) {
        return found.computeIfAbsent(kind, key -> new Tally());
    }

    /** What must not be refused. */
    private static Tally others(Map<String, Tally> found) {
        Tally others = new Tally();
        for (String kind : List.of("inside", "answered")) {
            Tally one = tallyOf(found, kind);
            others.refused += one.refused;
            others.told += one.told;
            others.all += one.all;
            others.which.addAll(one.which);
        }
        return others;
    }

    private static List<Deployment> all() {
        List<Deployment> all = new ArrayList<>();
        Deployment.FITTED.forEach(name -> all.add(Deployment.read(name)));
        Deployment.FRESH.forEach(name -> all.add(Deployment.read(name)));
        return all;
    }

    private static EncoderScope judge(Scope scope) {
        Encoder encoder = Model.require();
        return JUDGES.computeIfAbsent(scope, it -> new EncoderScope(encoder, it));
    }

    private static double p(EncoderScope judge, Request request) {
        return assertInstanceOf(Belonging.Judged.class, judge.judge(request)).pOutside();
    }
}
