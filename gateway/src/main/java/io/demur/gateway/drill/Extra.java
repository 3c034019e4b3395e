package io.demur.gateway.drill;

import io.demur.core.drill.DrillProbe;
import io.demur.record.entry.DrillRun;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Drills that somebody wants beside the timetable: what has come of them so far. Safe for use by
 * several threads.
 */
public final class Extra {

    /** One that is to be asked. */
    record Question(String model, DrillProbe probe) {}

    /** A model of which so many came to no end, one after the other, is asked no more. */
    static final int FAILED_MAX = 3;

    private final String id;
    private final int planned;
    private final Queue<Question> open;
    private final List<DrillRun> came = new ArrayList<>();
    private final Map<String, Integer> failed = new HashMap<>();
    private final Set<String> left = new TreeSet<>();
    private final CompletableFuture<List<DrillRun>> all = new CompletableFuture<>();

    Extra(String id, List<Question> questions) {
        this.id = id;
        planned = questions.size();
        open = new ArrayDeque<>(questions);
        endWhereAllCame();
    }

    /** By which it can be asked for. */
    public String id() {
        return id;
    }

    /** How many there are to be. */
    public int planned() {
        return planned;
    }

    /** What came of those that are over, in their order. */
    public synchronized List<DrillRun> came() {
        return List.copyOf(came);
    }

    /** Whether no more will come. */
    public boolean isOver() {
        return all.isDone();
    }

    /** Why not all have come, or will; nothing where they have. */
    public synchronized Optional<String> failure() {
        if (all.isCompletedExceptionally()) {
            return Optional.of("what came of a drill could not be written");
        }
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "`%s` failed %d times in a row"
                                .formatted(String.join("`, `", left), FAILED_MAX));
    }

    /** Completed when no more will come. */
    public CompletableFuture<List<DrillRun>> all() {
        return all.copy();
    }

    /** Has the next one asked; where that fails the rest is left. */
    void next(Function<Question, DrillRun> asking) {
        Question question = open.remove();
        try {
            DrillRun run = asking.apply(question);
            synchronized (this) {
                came.add(run);
                leaveWhereDead(question.model(), run);
            }
            endWhereAllCame();
        } catch (RuntimeException | Error e) {
            all.completeExceptionally(e);
            throw e;
        }
    }

    private void leaveWhereDead(String model, DrillRun run) {
        boolean dead = run.found().equals(Found.FAILED.word());
        failed.put(model, dead ? failed.getOrDefault(model, 0) + 1 : 0);
        if (failed.getOrDefault(model, 0) >= FAILED_MAX
                && open.removeIf(it -> it.model().equals(model))) {
            left.add(model);
        }
    }

    private void endWhereAllCame() {
        if (open.isEmpty()) {
            all.complete(came());
        }
    }
}
