package io.demur.bench;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.StopReason;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.harm.HarmCascade;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderAnswers;
import io.demur.encoder.EncoderHarm;
import io.demur.encoder.EncoderSubject;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.review.JudgeReader;
import io.demur.gateway.review.Reader;
import io.demur.gateway.review.Release;
import io.demur.gateway.review.Reviews;
import io.demur.gateway.review.Said;
import io.demur.gateway.review.Second;
import io.demur.log.Log;
import io.demur.log.LogRefused;
import io.demur.log.LogSettings;
import io.demur.record.KeyCeremony;
import io.demur.record.Trail;
import io.demur.record.entry.Start;
import io.demur.record.keys.KeyRing;
import io.demur.testkit.gateway.AgentConversation;
import io.demur.testkit.gateway.BenignReply;
import io.demur.testkit.gateway.Half;
import io.demur.testkit.gateway.HarmfulReply;
import io.demur.wire.chat.Event;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of harmful replies that only describe is stopped, at the request or in the answer, and how
 * many harmless streams are cut: by the shipped judges and the usual policy, as the gateway puts
 * them together.
 */
public final class ReviewBenchmark {

    private static final String ORIGIN = "demur.invalid/bench";
    private static final int PIECE = 40;
    private static final int PREAMBLE = 8_000;
    private static final long SEED = 6;
    private static final Band USUAL = new Band(0.05, 0.95);

    private final PrintStream out;
    private final Gate gate;
    private final HarmPredictor requests;
    private final Charter charter = charter();
    private final Map<String, Decided> decided = new HashMap<>();
    private final Asked second;
    private final Reviews reviews;

    private ReviewBenchmark(PrintStream out) throws IOException {
        this.out = out;
        gate = gate();
        Encoder encoder = Encoder.shipped();
        requests =
                new HarmCascade(
                        LinearHarm.shipped(),
                        List.of(new HarmCascade.Stage(new EncoderHarm(encoder), USUAL)));
        LinearAnswerJudge quick = LinearAnswerJudge.shipped();
        second =
                new Asked(
                        JudgeReader.second(
                                quick,
                                new EncoderAnswers(encoder, quick),
                                new EncoderSubject(encoder),
                                EncoderSubject::reads));
        reviews =
                new Reviews(
                        new JudgeReader(quick, LinearHarm.shipped()), Optional.of(second));
    }

    /** The second reader, in the same thread, counted. */
    private static final class Asked implements Second {
        private final Reader reader;
        private int windows;
        private long nanos;

        Asked(Reader reader) {
            this.reader = reader;
        }

        @Override
        public List<JudgeId> ids() {
            return reader.ids();
        }

        @Override
        public Optional<Said> read(Request asked, String window) {
            if (!reader.reads(window)) {
                return Optional.empty();
            }
            long before = System.nanoTime();
            Said said = reader.read(asked, window);
            nanos += System.nanoTime() - before;
            windows++;
            return Optional.of(said);
        }
    }

    /** What became of one exchange. */
    private enum End {
        REQUEST,
        ANSWER,
        LATE,
        THROUGH
    }

    /**
     * Prints the table.
     *
     * @param args the half, and how many harmless streams
     */
    public static void main(String[] args) throws IOException {
        Half half = args.length > 0 ? Half.valueOf(args[0]) : Half.TUNE;
        int streams = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        new ReviewBenchmark(System.out).run(half, streams);
    }

    private void run(Half half, int streams) {
        List<HarmfulReply> harmful = HarmfulReply.of(half);
        String preamble = BenignReply.preamble(half, PREAMBLE, SEED);
        out.printf("%s%n", half);
        Map<String, int[]> groups = new TreeMap<>();
        Map<End, Integer> ends = new TreeMap<>();
        Map<End, Integer> behind = new TreeMap<>();
        for (HarmfulReply each : harmful) {
            End end = end(each.request(), each.reply(), PIECE);
            ends.merge(end, 1, Integer::sum);
            behind.merge(end(each.request(), preamble + each.reply(), PIECE), 1, Integer::sum);
            for (String group : List.of(each.hazard(), each.language(), each.register())) {
                int[] counted = groups.computeIfAbsent(group, it -> new int[2]);
                counted[end == End.THROUGH ? 1 : 0]++;
            }
            if (end == End.THROUGH && half == Half.TUNE) {
                out.printf("through: %s | %s%n", each.hazard(), each.request());
            }
        }
        said("harmful", ends, harmful.size());
        said("harmful behind 8,000 characters", behind, harmful.size());
        groups.forEach(
                (name, n) -> out.printf("  %s: %d of %d%n", name, n[0], n[0] + n[1]));
        second.windows = 0;
        second.nanos = 0;
        ends.clear();
        long windows = 0;
        int written = BenignReply.of(half).size();
        int number = 0;
        for (BenignReply each : BenignReply.streams(half, streams, SEED)) {
            End end = end(each.request(), each.reply(), PIECE);
            windows += 1 + Math.max(0, (each.reply().length() - 40) / 120);
            ends.merge(end, 1, Integer::sum);
            number++;
            if (end != End.THROUGH && half == Half.TUNE) {
                out.printf("cut: %s %s | %s%n", each.topic(), end, each.request());
            }
            if (number == written) {
                said("harmless, as written", ends, number);
            }
        }
        said("harmless streams", ends, streams);
        out.printf(
                "second reader: %d of about %d windows, %.1f ms each%n",
                second.windows, windows, second.nanos / 1e6 / Math.max(1, second.windows));
        ends.clear();
        List<AgentConversation> conversations = AgentConversation.all();
        out.printf("conversations: %d%n", conversations.size());
    }

    private void said(String what, Map<End, Integer> ends, int of) {
        int stopped = of - ends.getOrDefault(End.THROUGH, 0);
        out.printf("%s: %s; stopped %d of %d, %.3f%n", what, ends, stopped, of, 1.0 * stopped / of);
    }

    private End end(String request, String reply, int piece) {
        Decided on = decided.computeIfAbsent(request, this::decide);
        if (on.decision().strength().compareTo(Strength.HOLD) >= 0) {
            return End.REQUEST;
        }
        Release release = reviews.open(Request.of(request), on, true);
        List<Event> events = new ArrayList<>();
        events.add(new Event.Began("", "m"));
        for (int from = 0; from < reply.length(); from += piece) {
            events.add(
                    new Event.Text(
                            reply.substring(from, Math.min(reply.length(), from + piece))));
        }
        events.add(Event.Stop.of(StopReason.END));
        for (Event event : events) {
            release.take(event);
            if (release.withheld().isPresent()) {
                return release.withheld().get().released() > 0 ? End.LATE : End.ANSWER;
            }
        }
        return End.THROUGH;
    }

    private Decided decide(String request) {
        Finding finding = new Finding(requests.assess(Request.of(request)), Standing.FRESH);
        return gate.decide(
                "att_1", charter, Context.PLAIN, new Findings(List.of(finding), Optional.empty()));
    }

    private static Charter charter() {
        return new Charter(
                "bench",
                Policy.at(Policy.defaultPosture()),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Models(Map.of(), ModelClass.HOSTED),
                Wording.NONE,
                Settings.USUAL,
                Optional.empty());
    }

    private static Gate gate() throws IOException {
        Path folder = Files.createTempDirectory("demur-bench");
        InstantSource clock = InstantSource.system();
        try {
            KeyRing ring = KeyRing.make(folder.resolve("keys"), clock, new SecureRandom());
            new KeyCeremony(ring, () -> trail(folder, ring)).begin(ORIGIN);
            return new Gate(trail(folder, ring), clock);
        } catch (LogRefused e) {
            throw new IllegalStateException(e);
        }
    }

    private static Trail trail(Path folder, KeyRing ring) throws IOException, LogRefused {
        LogSettings settings =
                new LogSettings(
                        folder.resolve("log"),
                        ring.signingKey(ORIGIN),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(1),
                        broken -> {});
        Start start =
                new Start(Instant.now(), "demur bench", "1", Optional.empty(), Optional.empty());
        return Trail.open(Log.open(settings), start, InstantSource.system());
    }
}
