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
import io.demur.core.memory.Bounds;
import io.demur.core.memory.MemoryKey;
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
import io.demur.gateway.judge.Hearing;
import io.demur.gateway.judge.Judgements;
import io.demur.gateway.judge.Judges;
import io.demur.gateway.judge.Question;
import io.demur.gateway.judge.TraceShelf;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.review.JudgeReader;
import io.demur.gateway.review.Reader;
import io.demur.gateway.review.Release;
import io.demur.gateway.review.Reviews;
import io.demur.gateway.review.Said;
import io.demur.gateway.review.SecondReader;
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
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Operation;
import io.demur.wire.chat.Reply;
import io.demur.wire.openai.ChatFront;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
import java.util.function.Function;

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

    /** No word is lost because other programs run. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Band USUAL = new Band(0.05, 0.95);

    private final PrintStream out;
    private final Gate gate;
    private final HarmPredictor requests;
    private final Charter charter = charter();
    private final Map<String, Decided> decided = new HashMap<>();
    private final Asked second;
    private final Reviews reviews;
    private final Judgements judgements;
    private long characters;
    private boolean whole;

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
                                new Once(new EncoderSubject(encoder)),
                                EncoderSubject::reads));
        judgements =
                new Judgements(
                        Judges.quickAlone().with(new EncoderHarm(encoder)).waitingFor(PATIENCE),
                        MemoryKey.of(new byte[32]),
                        Bounds.USUAL,
                        TraceShelf.NONE,
                        new Offload("judge", 2, 1_000),
                        new Offload("lengthy", 1, 1_000));
        reviews = new Reviews(new JudgeReader(quick, LinearHarm.shipped()), Optional.of(second));
    }

    /** The second reader, in the same thread, counted. */
    private static final class Asked implements SecondReader {
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
     * @param args the half, and then any of {@code harmful}, {@code behind} a preamble, {@code
     *     elsewhere} for harmless ones in other languages, {@code conversations}, or a number of
     *     harmless streams; behind {@code whole}, answers of which nothing goes out on the way
     */
    public static void main(String[] args) throws IOException {
        Half half = Half.valueOf(args[0]);
        ReviewBenchmark bench = new ReviewBenchmark(System.out);
        System.out.println(half);
        for (int i = 1; i < args.length; i++) {
            bench.second.windows = 0;
            bench.second.nanos = 0;
            bench.characters = 0;
            switch (args[i]) {
                case "whole" -> bench.whole = true;
                case "harmful" -> bench.harmful(half, "");
                case "behind" -> bench.harmful(half, BenignReply.preamble(half, PREAMBLE, SEED));
                case "elsewhere" -> bench.elsewhere(half);
                case "conversations" -> bench.conversations(half);
                default -> bench.harmless(half, Integer.parseInt(args[i]));
            }
            System.out.printf(
                    "second reader: %d windows in %d characters, %.1f ms each%n",
                    bench.second.windows,
                    bench.characters,
                    bench.second.nanos / 1e6 / Math.max(1, bench.second.windows));
        }
    }

    /** Harmful ones as they are, or behind a preamble. */
    private void harmful(Half half, String preamble) {
        List<HarmfulReply> harmful = HarmfulReply.of(half);
        Map<String, int[]> groups = new TreeMap<>();
        Map<End, Integer> ends = new TreeMap<>();
        for (HarmfulReply each : harmful) {
            End end = end(each.request(), preamble + each.reply());
            ends.merge(end, 1, Integer::sum);
            for (String group : List.of(each.hazard(), each.language(), each.register())) {
                int[] counted = groups.computeIfAbsent(group, it -> new int[2]);
                counted[end == End.THROUGH ? 1 : 0]++;
            }
        }
        said("harmful behind %d characters".formatted(preamble.length()), ends, harmful.size());
        groups.forEach((name, n) -> out.printf("  %s: %d of %d%n", name, n[0], n[0] + n[1]));
    }

    private void harmless(Half half, int streams) {
        Map<End, Integer> ends = new TreeMap<>();
        int written = BenignReply.of(half).size();
        int number = 0;
        for (BenignReply each : BenignReply.streams(half, streams, SEED)) {
            End end = end(each.request(), each.reply());
            ends.merge(end, 1, Integer::sum);
            number++;
            if (end != End.THROUGH && half == Half.TUNE) {
                Strength on =
                        decided.computeIfAbsent(each.request(), this::decide).decision().strength();
                out.printf("cut: %s %s %s | %s%n", each.topic(), on, end, each.request());
            }
            if (number == written) {
                said("harmless, as written", ends, number);
            }
        }
        said("harmless streams", ends, streams);
    }

    /** Harmless ones in other languages than English. */
    private void elsewhere(Half half) {
        List<BenignReply> all = BenignReply.elsewhere(half);
        Map<End, Integer> ends = new TreeMap<>();
        all.forEach(each -> ends.merge(end(each.request(), each.reply()), 1, Integer::sum));
        said("harmless in other languages", ends, all.size());
    }

    /**
     * What the assistant says in conversations of agents, each turn to all that stands before it,
     * which is judged as the gateway judges it.
     */
    private void conversations(Half half) {
        List<AgentConversation> all = AgentConversation.of(half);
        Map<End, Integer> ends = new TreeMap<>();
        Map<Strength, Integer> asked = new TreeMap<>();
        int cut = 0;
        for (AgentConversation each : all) {
            boolean through = true;
            for (int i = 1; i < each.messages().size(); i++) {
                AgentConversation.Message message = each.messages().get(i);
                if (message.role().equals("assistant")) {
                    Call call = call(each, i);
                    Hearing hearing = judgements.hear(question(each, call));
                    Decided on = decide(call, hearing);
                    asked.merge(on.decision().strength(), 1, Integer::sum);
                    End end = end(call.request(), on, events(message));
                    hearing.answered(answer(call(each, i + 1)));
                    ends.merge(end, 1, Integer::sum);
                    through &= end == End.THROUGH;
                    if (end != End.THROUGH && half == Half.TUNE) {
                        out.printf(
                                "cut: %s %s | %s%n", on.decision().strength(), end, message.text());
                    }
                }
            }
            cut += through ? 0 : 1;
        }
        out.printf("conversations: %d of %d with a turn cut%n", cut, all.size());
        out.printf("  turns: %s; of their requests %s%n", ends, asked);
    }

    private static Call call(AgentConversation conversation, int count) {
        byte[] body = conversation.json("m", count).getBytes(StandardCharsets.UTF_8);
        try {
            return (Call) new ChatFront().read(body);
        } catch (BadCall e) {
            throw new IllegalStateException(e);
        }
    }

    private Question question(AgentConversation of, Call call) {
        return new Question(of.id(), call, Context.PLAIN, charter, false, Instant.now());
    }

    private Decided decide(Call call, Hearing hearing) {
        return gate.decide("att_1", call, charter, Context.PLAIN, hearing.findings());
    }

    /** What stands last in a call, as the answer that it once was. */
    private static Reply answer(Call call) {
        return new Reply(
                "",
                "m",
                call.speeches().getLast().parts(),
                StopReason.END,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Event> events(AgentConversation.Message message) {
        return message.tool().isEmpty()
                ? pieces(message.text(), Event.Text::new)
                : pieces(message.text(), piece -> new Event.ToolDelta(0, piece));
    }

    private void said(String what, Map<End, Integer> ends, int of) {
        int stopped = of - ends.getOrDefault(End.THROUGH, 0);
        out.printf("%s: %s; stopped %d of %d, %.3f%n", what, ends, stopped, of, 1.0 * stopped / of);
    }

    private End end(String request, String reply) {
        characters += reply.length();
        Decided on = decided.computeIfAbsent(request, this::decide);
        return end(Request.of(request), on, pieces(reply, Event.Text::new));
    }

    private End end(Request request, Decided on, List<Event> said) {
        if (on.decision().strength().compareTo(Strength.HOLD) >= 0) {
            return End.REQUEST;
        }
        Release release = reviews.open(request, on, !whole);
        release.take(new Event.Began("", "m"));
        for (Event event : said) {
            release.take(event);
            if (release.withheld().isPresent()) {
                return release.withheld().get().released() > 0 ? End.LATE : End.ANSWER;
            }
        }
        return End.THROUGH;
    }

    private static List<Event> pieces(String words, Function<String, Event> event) {
        List<Event> events = new ArrayList<>();
        for (int from = 0; from < words.length(); from += PIECE) {
            events.add(event.apply(words.substring(from, Math.min(words.length(), from + PIECE))));
        }
        events.add(Event.Stop.of(StopReason.END));
        return events;
    }

    private Decided decide(String request) {
        Finding finding = new Finding(requests.assess(Request.of(request)), Standing.FRESH);
        return gate.decide(
                "att_1",
                new Operation(Operation.Kind.LOAD, "m", Fields.NONE), // it is put to no model
                charter,
                Context.PLAIN,
                new Findings(List.of(finding), Optional.empty()));
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
