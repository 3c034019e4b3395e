package io.demur.gateway.judge;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.charter.Scope;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.harm.Hazard;
import io.demur.core.memory.Asker;
import io.demur.core.memory.Conversations.History;
import io.demur.core.memory.Recognition;
import io.demur.core.memory.Turn;
import io.demur.core.memory.Whose;
import io.demur.core.policy.Standing;
import io.demur.core.scope.Belonging;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.offload.OffloadFull;
import io.demur.wire.chat.Reply;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One request while it is judged. */
final class Sitting implements Hearing {

    /** UTF-16 units that are read at once; what is longer is read on another thread. */
    static final int INLINE_MAX = 8_192;

    /** What judging one text costs beside its length, in units of it. */
    private static final int EACH = 64;

    /** Beyond what every other wait here lasts: a wait without an end would be a mistake. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** Characters of a disguised text that are carried along. */
    private static final int CARRIED_MAX = 4_096;

    private final Judgements judgements;
    private final Question question;
    private final Matter matter;
    private final History<Known> history;
    private final Whose whose;
    private final Asker asker;
    private final ByteBuffer toolsDigest;
    private final Set<JudgeId> spoken = new LinkedHashSet<>();
    private final List<Heard> heard = new ArrayList<>();
    private @Nullable Reading reading;
    private @Nullable Known known;

    Sitting(Judgements judgements, Question question, Matter matter) {
        this.judgements = judgements;
        this.question = question;
        this.matter = matter;
        history = judgements.conversations.follow(question.principal(), matter.turns());
        whose = new Whose(question.principal(), conversation());
        asker = Asker.of(question.context(), "");
        toolsDigest = Judgements.digest(matter.own());
    }

    @Override
    public Optional<String> conversation() {
        return matter.turns().isEmpty() ? Optional.empty() : Optional.of(history.conversation());
    }

    @Override
    public List<JudgeId> judges() {
        return List.copyOf(spoken);
    }

    @Override
    public Findings findings() {
        CompletableFuture<Reading> read =
                isLong() ? judgements.offload.submit(this::read) : now(this::read);
        Duration longest = judgements.judges.longest();
        Attempt attempt =
                Offload.await(
                        read.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                                .handle(Attempt::new),
                        longest.plus(MARGIN));
        if (attempt.reading() == null) {
            return unjudged(attempt.failure());
        }
        try {
            reading = attempt.reading();
            spoken.add(judgements.judges.quick().id());
            return settled(attempt.reading());
        } catch (RuntimeException e) {
            return unjudged(e);
        }
    }

    /** A reading, or why there is none. */
    private record Attempt(@Nullable Reading reading, @Nullable Throwable failure) {}

    private static <T> CompletableFuture<T> now(Supplier<T> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Nobody could judge: neither the text nor the message of the failure is shown. */
    private static Findings unjudged(@Nullable Throwable failure) {
        boolean late = failure instanceof TimeoutException || failure instanceof OffloadFull;
        String detail = failure == null ? "" : failure.getClass().getSimpleName();
        Assessment none = new Assessment.Unjudged(late ? Reason.LATE : Reason.DOWN, detail);
        return new Findings(
                List.of(new Finding(none, Standing.FRESH)),
                Optional.of(new Belonging.Unjudged("nobody could judge")));
    }

    /** Whether there is much to read, by a rough count that costs nothing. */
    private boolean isLong() {
        long length = 0;
        for (Turn turn : matter.turns().subList(history.verified(), matter.turns().size())) {
            length += EACH + turn.text().length();
            for (String string : turn.rest()) {
                length += EACH + string.length();
            }
        }
        for (String text : matter.texts()) {
            length += EACH + text.length();
        }
        for (int at : before().topic()) {
            length += matter.turns().get(at).text().length(); // the memory looks at it again
        }
        if (judgements.tools(toolsDigest).isEmpty()) {
            for (String string : matter.own()) {
                length += EACH + string.length();
            }
        }
        return length > INLINE_MAX;
    }

    private Known before() {
        return history.carried().orElseGet(() -> Known.nothing(judgements.judges.quick()));
    }

    private Reading read() {
        return new Reading(judgements, matter, toolsDigest, before(), this::recall)
                .from(history.verified());
    }

    private Recognition recall(String text) {
        return judgements.memory.recall(whose, text, asker, question.at());
    }

    /** What became of one text after the second judge was asked, or need not be. */
    private final class Asked {
        private final Heard quick;
        private final CompletableFuture<Second.Said> said;

        Asked(Heard quick, Request request) {
            this.quick = quick;
            said = judgements.second.ask(quick.assessment(), request, band());
        }

        Second.Said said() {
            Second.Said waited = Offload.await(said, judgements.judges.patience().plus(MARGIN));
            waited.by().ifPresent(spoken::add);
            return waited;
        }

        Heard heard() {
            return new Heard(quick.text(), said().assessment());
        }
    }

    private Band band() {
        return question.charter().settings().band();
    }

    private Findings settled(Reading read) {
        Known before = before();
        Optional<Known.Settled> same =
                before.settled().filter(it -> !read.anew && it.band().equals(band()));
        // all of them are under way before any is waited for
        Optional<Asked> asked =
                same.isPresent()
                        ? Optional.empty()
                        : Optional.of(new Asked(read.asked, read.request()));
        Optional<Asked> meant =
                same.isPresent()
                        ? Optional.empty()
                        : read.meant.map(it -> new Asked(it, read.request(it)));
        List<Recognition> recognitions = new ArrayList<>(List.of(read.recognition));
        recognitions.addAll(read.recognised);
        List<Optional<Asked>> readings = recognitions.stream().map(this::reading).toList();
        List<Asked> asides = read.asides.stream().map(this::aside).toList();
        List<Asked> tools = read.tools.stream().map(this::aside).toList();
        CompletableFuture<Optional<Belonging>> belonging = belonging(read, before);

        Known.Settled settled =
                same.orElseGet(
                        () ->
                                new Known.Settled(
                                        band(),
                                        asked.orElseThrow().heard(),
                                        meant.map(Asked::heard)));
        boolean sure =
                same.isPresent()
                        || (asked.orElseThrow().said().settled()
                                && meant.map(it -> it.said().settled()).orElse(true));
        Standing standing = read.recognition.standing();
        List<Finding> findings = new ArrayList<>();
        add(settled.asked(), standing, findings);
        settled.meant().ifPresent(it -> add(it, standing, findings));
        for (int i = 0; i < readings.size(); i++) {
            Standing its = recognitions.get(i).standing();
            readings.get(i).ifPresent(it -> add(it.heard(), its, findings));
        }
        Optional<Heard> aside = worse(before.aside(), worst(asides));
        aside.ifPresent(it -> add(it, Standing.FRESH, findings));
        tools(read, tools).ifPresent(it -> add(it, Standing.FRESH, findings));
        Optional<Belonging> placed =
                Offload.await(belonging, judgements.judges.patience().plus(MARGIN));
        known =
                new Known(
                        read.conversation.copy(),
                        read.topic,
                        sure ? Optional.of(carried(settled)) : Optional.empty(),
                        aside,
                        placed(placed));
        return new Findings(findings, placed);
    }

    private void add(Heard words, Standing standing, List<Finding> findings) {
        heard.add(words);
        findings.add(new Finding(words.assessment(), standing));
    }

    private Optional<Asked> reading(Recognition found) {
        return found.reading().isBlank()
                ? Optional.empty()
                : Optional.of(
                        new Asked(
                                new Heard(
                                        found.reading(),
                                        judgements
                                                .judges
                                                .quick()
                                                .assess(Request.of(found.reading()))),
                                Request.of(found.reading())));
    }

    private Asked aside(Heard words) {
        return new Asked(words, Request.of(words.text()));
    }

    private static Optional<Heard> worst(List<Asked> asides) {
        return asides.stream()
                .map(it -> Asides.weighed(it.quick, it.said()))
                .max(Comparator.comparingDouble(Heard::pHarm));
    }

    private static Optional<Heard> worse(Optional<Heard> one, Optional<Heard> other) {
        return one.isPresent() && other.isPresent()
                ? one.get().pHarm() >= other.get().pHarm() ? one : other
                : one.or(() -> other);
    }

    private Optional<Heard> tools(Reading read, List<Asked> asked) {
        if (read.toolsKnown.isPresent()) {
            return read.toolsKnown.get();
        }
        Optional<Heard> worst = worst(asked);
        if (asked.stream().allMatch(it -> it.said().settled()) && !matter.own().isEmpty()) {
            judgements.keepTools(toolsDigest, worst);
        }
        return worst;
    }

    private CompletableFuture<Optional<Belonging>> belonging(Reading read, Known before) {
        if (question.charter().scope().isEmpty() || matter.call().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Scope scope = question.charter().scope().get();
        Optional<Belonging> same =
                before.placed()
                        .filter(it -> !read.anew && it.scope().equals(scope))
                        .map(Known.Placed::belonging);
        return same.isPresent()
                ? CompletableFuture.completedFuture(same)
                : judgements.scopes.judge(scope, read.request()).thenApply(Optional::of);
    }

    private Optional<Known.Placed> placed(Optional<Belonging> belonging) {
        if (belonging.isPresent() && belonging.get() instanceof Belonging.Judged judged) {
            spoken.add(judged.judge());
            return question.charter().scope().map(it -> new Known.Placed(it, judged));
        }
        return Optional.empty();
    }

    /** What is carried is small, however long the disguised text was. */
    private static Known.Settled carried(Known.Settled settled) {
        return new Known.Settled(
                settled.band(),
                settled.asked(),
                settled.meant()
                        .map(
                                it ->
                                        new Heard(
                                                it.text()
                                                        .substring(
                                                                0,
                                                                Math.min(
                                                                        CARRIED_MAX,
                                                                        it.text().length())),
                                                it.assessment())));
    }

    /**
     * What was refused for harm is remembered by the words that carried it. What was refused for
     * its scope, or because nobody could judge, names no hazard and is not.
     */
    @Override
    public void refused(String attempt, Optional<Hazard> hazard) {
        Reading read = reading;
        if (hazard.isEmpty() || read == null) {
            return;
        }
        String text = words(read);
        if (text.isBlank()) {
            return;
        }
        if (text.length() > INLINE_MAX) {
            var unused = judgements.offload.submit(() -> remember(text, attempt, hazard));
        } else {
            boolean unused = remember(text, attempt, hazard);
        }
    }

    private boolean remember(String text, String attempt, Optional<Hazard> hazard) {
        judgements.keep(
                question.principal(),
                judgements.memory.remember(whose, text, attempt, hazard, asker, question.at()));
        return true;
    }

    /** The last message where it says by itself what was refused, else the topic. */
    private String words(Reading read) {
        Optional<Heard> worst = heard.stream().max(Comparator.comparingDouble(Heard::pHarm));
        if (worst.isPresent() && !worst.get().text().isEmpty()) {
            return worst.get().text();
        }
        if (read.topic.isEmpty()) {
            return "";
        }
        double alone = judgements.judges.quick().assess(Request.of(read.last())).pHarm();
        return read.topic.size() == 1 || alone >= Asides.FROM ? read.last() : read.whole();
    }

    @Override
    public void answered(Reply released) {
        Known found = known;
        if (found == null || matter.turns().isEmpty()) {
            return; // what nobody judged is judged when it comes again
        }
        for (Turn answer : Matter.answers(released)) {
            judgements.conversations.carry(history, found, answer);
        }
    }
}
