package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.policy.Decision;
import io.demur.gateway.judge.Meanings;
import io.demur.gateway.review.Weighing.Shown;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Those who judge one answer, and what the policy makes of their word. Used by one thread. */
final class Bench {

    /** Of what was asked, readers get the end. */
    private static final int ASKED_MAX = 600;

    /** What is found of a window. */
    sealed interface Opinion {

        /** Nothing in it has to stay back. */
        record Clear() implements Opinion {}

        /** It stays back until the second reader can be asked, or more of it has come. */
        record Open() implements Opinion {}

        /** It stays back. */
        record Kept(Assessment assessment, Decision decision) implements Opinion {}
    }

    private static final Opinion CLEAR = new Opinion.Clear();
    private static final Opinion OPEN = new Opinion.Open();

    private final Reader quick;
    private final Optional<SecondReader> second;
    private final Weighing weighing;
    private final Request asked;
    private final Meanings meanings = new Meanings();
    private final Set<JudgeId> spoken = new LinkedHashSet<>();

    Bench(Reader quick, Optional<SecondReader> second, Weighing weighing, Request request) {
        this.quick = quick;
        this.second = second;
        this.weighing = weighing;
        String prompt = request.prompt();
        asked =
                prompt.isEmpty()
                        ? Request.UNKNOWN
                        : Request.of(prompt.substring(Math.max(0, prompt.length() - ASKED_MAX)));
    }

    /** Who has spoken. */
    List<JudgeId> judges() {
        return List.copyOf(spoken);
    }

    /**
     * Judges the window that a channel shows.
     *
     * @param last whether nothing may stay open, because the channel ends here
     */
    Opinion judge(Channel channel, boolean last) {
        Optional<String> passage = channel.passage();
        try {
            boolean due = channel.isDue(last) || passage.filter(this::isUnsure).isPresent();
            List<String> windows = new ArrayList<>(due ? channel.windows() : List.of());
            passage.ifPresent(windows::add);
            return windows.isEmpty() ? OPEN : judge(channel, meant(windows), last);
        } catch (RuntimeException e) {
            return kept(new Assessment.Unjudged(Reason.DOWN, e.getClass().getSimpleName()));
        }
    }

    /**
     * Whether the second reader is to be asked about a passage: it may not be asked again soon, so
     * it gets the window with it.
     */
    private boolean isUnsure(String passage) {
        return second.isPresent()
                && meant(List.of(passage)).stream()
                        .anyMatch(
                                text ->
                                        weighing.isUnsure(
                                                Shown.of(text, text.equals(passage)),
                                                quick.read(asked, text)));
    }

    /** The windows, and what those mean that are disguised: a caller may have asked for that. */
    private List<String> meant(List<String> windows) {
        List<String> all = new ArrayList<>(windows);
        windows.forEach(window -> all.addAll(meanings.hidden(window)));
        return all;
    }

    private Opinion judge(Channel channel, List<String> windows, boolean last) {
        boolean owing = channel.isOwing();
        boolean unsure = owing;
        List<Shown> shown = new ArrayList<>(windows.size());
        List<Said> said = new ArrayList<>(windows.size());
        for (String text : windows) {
            Shown window = Shown.of(text, channel.isPassage(text));
            Said word = quick.read(asked, text);
            spoken.addAll(quick.ids());
            if (!word.isValid()) {
                return invalid(word);
            }
            shown.add(window);
            said.add(word);
            unsure |= weighing.isUnsure(window, word);
        }
        boolean asks = unsure && second.isPresent();
        if (asks && !last && !channel.mayAsk()) {
            channel.owe();
            return OPEN;
        }
        if (asks) {
            channel.asked();
        } else {
            channel.settled();
        }
        for (int i = 0; i < shown.size(); i++) {
            Shown window = shown.get(i);
            boolean more = asks && (owing || weighing.isUnsure(window, said.get(i)));
            Optional<Said> again =
                    more ? second.orElseThrow().read(asked, window.text()) : Optional.empty();
            Opinion opinion = opinion(window, said.get(i), again);
            if (!last && channel.isBeginning(window.text()) && isJudged(opinion)) {
                channel.again();
                return OPEN;
            }
            if (!(opinion instanceof Opinion.Clear)) {
                return opinion;
            }
        }
        return CLEAR;
    }

    /** Whether it stays back for what it says, rather than for want of a judge. */
    private static boolean isJudged(Opinion opinion) {
        return opinion instanceof Opinion.Kept kept
                && kept.assessment() instanceof Assessment.Judged;
    }

    private Opinion opinion(Shown window, Said word, Optional<Said> more) {
        if (more.isEmpty()) {
            return kept(weighing.quick(window, word, quick.ids().getFirst()));
        }
        spoken.addAll(second.orElseThrow().ids());
        JudgeId judge = second.orElseThrow().ids().getFirst();
        return more.get().isValid()
                ? kept(weighing.both(window, word, more.get(), judge))
                : invalid(more.get());
    }

    private Opinion kept(Assessment assessment) {
        return weighing.keepsBack(assessment)
                .<Opinion>map(decision -> new Opinion.Kept(assessment, decision))
                .orElse(CLEAR);
    }

    private Opinion invalid(Said word) {
        return kept(
                new Assessment.Unjudged(
                        Reason.INVALID, "`%s` are no probabilities".formatted(word)));
    }

    /** More has to be kept than there is room for. */
    Opinion.Kept tooLong(long most) {
        Assessment assessment =
                new Assessment.Unjudged(
                        Reason.INVALID,
                        "an answer that is judged as a whole is longer than `%d` characters"
                                .formatted(most));
        return new Opinion.Kept(assessment, weighing.keepsBack(assessment).orElseThrow());
    }
}
