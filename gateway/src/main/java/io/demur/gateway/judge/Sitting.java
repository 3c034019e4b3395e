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
import io.demur.core.memory.Trace;
import io.demur.core.memory.Turn;
import io.demur.core.memory.Whose;
import io.demur.core.policy.Standing;
import io.demur.core.scope.Belonging;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.judge.Questions.Asked;
import io.demur.gateway.judge.Questions.AskedPiece;
import io.demur.gateway.judge.Questions.Told;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.offload.OffloadFull;
import io.demur.wire.chat.Reply;

import org.jspecify.annotations.Nullable;

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

    /** Characters of a disguised text that are carried along. */
    private static final int CARRIED_MAX = 4_096;

    /** Of many texts to embed, the worst so many are put to the second judge. */
    private static final int TEXTS_MAX = 8;

    private final Judgements judgements;
    private final Question question;
    private final Matter matter;
    private final History<Known> history;
    private final Whose whose;
    private final Asker asker;
    private final Judgements.Kept tools;
    private final Set<JudgeId> spoken = new LinkedHashSet<>();
    private final List<Heard> heard = new ArrayList<>();
    private @Nullable TopicWords topic;
    private @Nullable Known known;

    Sitting(Judgements judgements, Question question, Matter matter) {
        this.judgements = judgements;
        this.question = question;
        this.matter = matter;
        history = judgements.conversations.follow(question.principal(), matter.turns());
        whose = new Whose(question.principal(), conversation());
        asker = Asker.of(question.context(), "");
        tools = new Judgements.Kept(Piece.Kind.ASIDE, Judgements.digest(matter.own()), band());
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
                isLong() ? judgements.lengthy.submit(this::read) : now(this::read);
        Duration longest = judgements.judges.longest();
        Attempt attempt =
                Offload.await(
                        read.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                                .handle(Attempt::new),
                        longest.plus(Questions.MARGIN));
        if (attempt.reading() == null) {
            return unjudged(attempt.failure());
        }
        try {
            spoken.add(judgements.judges.quick().id());
            topic = attempt.reading().words();
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
        for (Turn turn : matter.turns().subList(verified(), matter.turns().size())) {
            length += EACH + turn.text().length();
            for (String string : turn.rest()) {
                length += EACH + string.length();
            }
        }
        for (String text : matter.texts()) {
            length += EACH + text.length();
        }
        for (int at : before().gist().places()) {
            length += matter.turns().get(at).text().length(); // the memory looks at it again
        }
        if (judgements.kept(tools).isEmpty()) {
            for (String string : matter.own()) {
                length += EACH + string.length();
            }
        }
        return length > INLINE_MAX;
    }

    /** What was found within another band says nothing. */
    private Known before() {
        return history.carried()
                .filter(it -> it.band().equals(band()))
                .orElseGet(() -> Known.nothing(judgements.judges.quick(), band()));
    }

    private int verified() {
        boolean counts = history.carried().filter(it -> it.band().equals(band())).isPresent();
        return counts ? history.verified() : 0;
    }

    private Reading read() {
        return new Reading(judgements, matter, tools, before(), this::recall).from(verified());
    }

    private Recognition recall(String text) {
        return judgements.memory.recall(whose, text, asker, question.at());
    }

    private Band band() {
        return question.charter().settings().band();
    }

    private Findings settled(Reading read) {
        Known before = before();
        Questions asking = new Questions(judgements.second, band(), spoken);
        Optional<Known.Settled> same = before.settled().filter(it -> !read.anew);
        // all of them are under way before any is waited for
        Optional<Asked> asked =
                same.isPresent()
                        ? Optional.empty()
                        : Optional.of(asking.of(read.asked, read.shown.texts()));
        Optional<Asked> meant =
                same.isPresent()
                        ? Optional.empty()
                        : read.meant.map(it -> asking.of(it, read.shownMeant.texts()));
        List<Told> told = told(read, asking);
        List<AskedPiece> orders = asking.of(read.orders.pieces());
        List<AskedPiece> earlierOrders = asking.of(before.orders().open());
        List<AskedPiece> asides = asking.of(read.asides.pieces());
        List<AskedPiece> earlierAsides = asking.of(before.aside().open());
        List<AskedPiece> rest = asking.of(read.tools.pieces());
        CompletableFuture<Optional<Belonging>> belonging = belonging(read, before);

        boolean sure =
                asked.map(Asked::isSettled).orElse(true)
                        && meant.map(Asked::isSettled).orElse(true);
        Known.Settled settled =
                same.orElseGet(
                        () ->
                                new Known.Settled(
                                        asked(asked.orElseThrow(), read), meant.map(Asked::heard)));
        Sifted ordered = sifted(before.orders(), earlierOrders).and(kept(read.orders, orders));
        Sifted aside = sifted(before.aside(), earlierAsides).and(kept(read.asides, asides));
        Standing standing = read.recognition.standing();
        List<Finding> findings = new ArrayList<>();
        if (read.texts.isEmpty()) {
            add(settled.asked(), standing, sure, findings);
            settled.meant().ifPresent(it -> add(it, standing, sure, findings));
        }
        told.forEach(
                it -> add(it.asked().heard(), it.standing(), it.asked().isSettled(), findings));
        if (!question.registered()) {
            add(ordered, findings);
        }
        add(aside, findings);
        add(kept(read.tools, rest), findings);
        Optional<Belonging> placed =
                Offload.await(belonging, judgements.judges.patience().plus(Questions.MARGIN));
        known =
                new Known(
                        band(),
                        read.conversation.copy(),
                        read.gist,
                        sure ? Optional.empty() : read.meant.map(Sitting::carried),
                        sure ? Optional.of(carried(settled)) : Optional.empty(),
                        ordered,
                        aside,
                        placed(placed));
        return new Findings(findings, placed);
    }

    /** What was found of what is asked, of which not all may have been shown to both judges. */
    private static Heard asked(Asked asked, Reading read) {
        Heard heard = read.isBrief() ? asked.heard(Piece.Kind.BRIEF) : asked.heard();
        return read.shown
                .next()
                .filter(next -> next.pHarm() > heard.pHarm())
                .map(next -> new Heard(heard.text(), next.assessment()))
                .orElse(heard);
    }

    private void add(Heard words, Standing standing, boolean settled, List<Finding> findings) {
        heard.add(words);
        findings.add(new Finding(words.assessment(), standing, settled));
    }

    private void add(Sifted pieces, List<Finding> findings) {
        pieces.found().ifPresent(it -> add(it, Standing.FRESH, pieces.isSettled(), findings));
    }

    /** The worst of many texts, and what comes back to a refusal. */
    private List<Told> told(Reading read, Questions asking) {
        List<Told> told = new ArrayList<>();
        List<Reading.Text> texts = read.texts;
        for (Reading.Text text : texts.subList(0, Math.min(texts.size(), TEXTS_MAX))) {
            told.add(new Told(asking.of(text.heard()), text.recognition().standing()));
            reading(text.recognition(), asking).ifPresent(told::add);
        }
        if (texts.size() > TEXTS_MAX) {
            // of the others the quick judge's word stands, and no other is worse
            Reading.Text next = texts.get(TEXTS_MAX);
            told.add(new Told(asking.of(next.heard(), List.of()), next.recognition().standing()));
        }
        reading(read.recognition, asking).ifPresent(told::add);
        read.recognised.forEach(it -> reading(it, asking).ifPresent(told::add));
        return told;
    }

    private Optional<Told> reading(Recognition found, Questions asking) {
        if (found.reading().isBlank()) {
            return Optional.empty();
        }
        Assessment quick = judgements.judges.quick().assess(Request.of(found.reading()));
        return Optional.of(
                new Told(asking.of(new Heard(found.reading(), quick)), found.standing()));
    }

    private static Sifted sifted(Sifted before, List<AskedPiece> earlier) {
        return Sifted.of(before.worst()).and(Sifted.of(answers(earlier)));
    }

    private static List<Sifted.Answer> answers(List<AskedPiece> asked) {
        return asked.stream().map(AskedPiece::answer).toList();
    }

    /** What was found of some pieces, which is kept once nothing of it is open. */
    private Sifted kept(Reading.Part part, List<AskedPiece> asked) {
        Sifted found = part.known().map(Sifted::of).orElseGet(() -> Sifted.of(answers(asked)));
        if (part.known().isEmpty() && found.isSettled()) {
            part.key().ifPresent(key -> judgements.keep(key, found.worst()));
        }
        return found;
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

    private static Known.Settled carried(Known.Settled settled) {
        return new Known.Settled(settled.asked(), settled.meant().map(Sitting::carried));
    }

    /** What is carried is small, however long the disguised text was. */
    private static Heard carried(Heard heard) {
        String text = heard.text();
        return new Heard(
                text.substring(0, Math.min(CARRIED_MAX, text.length())), heard.assessment());
    }

    /**
     * What was refused for harm is remembered by the words that carried it. What was refused for
     * its scope, or because nobody could judge, names no hazard and is not.
     */
    @Override
    public void refused(String attempt, Optional<Hazard> hazard) {
        TopicWords said = topic;
        if (hazard.isEmpty() || said == null) {
            return;
        }
        String text = words(said);
        if (text.isBlank()) {
            return;
        }
        if (text.length() > INLINE_MAX) {
            var unused = judgements.lengthy.submit(() -> remember(text, attempt, hazard));
        } else {
            boolean unused = remember(text, attempt, hazard);
        }
    }

    private boolean remember(String text, String attempt, Optional<Hazard> hazard) {
        Trace trace =
                judgements.memory.remember(whose, text, attempt, hazard, asker, question.at());
        if (!trace.attempt().equals(attempt)) {
            judgements.repeated(attempt, trace.attempt());
        }
        judgements.keep(
                question.principal(), trace, question.charter().settings().retention().days());
        return true;
    }

    @Override
    public Optional<String> meant() {
        TopicWords said = topic;
        return said == null || said.isEmpty() || !said.goesOn()
                ? Optional.empty()
                : Optional.of(said.before());
    }

    /**
     * The last message where it says by itself what was refused, or else the worst of the topic.
     * One that only asks for more says nothing: remembered, it would be refused to the harmless.
     */
    private String words(TopicWords said) {
        Optional<Heard> worst = heard.stream().max(Comparator.comparingDouble(Heard::pHarm));
        if (worst.isPresent() && !worst.get().text().isEmpty()) {
            return worst.get().text();
        }
        if (said.isEmpty()) {
            return "";
        }
        double alone = judgements.judges.quick().assess(Request.of(said.last())).pHarm();
        return alone >= Asides.FROM && !said.goesOn() ? said.last() : said.before();
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
